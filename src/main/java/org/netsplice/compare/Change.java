package org.netsplice.compare;

/**
 * One thing that differs between two layers.
 *
 * @param what the name of a setting, or what else differs, such as {@code name} or {@code inputs}
 * @param before its value in the first document, in words
 * @param after its value in the second
 */
public record Change(String what, String before, String after) {}
