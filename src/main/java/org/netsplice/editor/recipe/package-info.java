/** Recipes: several edits made at once, and questions about what would fit. */
package org.netsplice.editor.recipe;
