package org.netsplice.gui.command;

import org.netsplice.gui.widget.Appearance;

/** The window around the documents: its tabs, colours and scale, and what the user has turned on. */
public interface Frame {
    /** Opens an empty document in a tab of its own. */
    void newDocument();

    /** How many documents are open, at least one. */
    int documentCount();

    /** Goes {@code by} tabs further, around the ends. */
    void step(int by);

    /** Closes the window after asking for the unsaved changes of every document. */
    void quit();

    /** Changes the colours and remembers them. */
    void setAppearance(Appearance wanted);

    /** Changes the size of texts and controls and remembers it; from 1, the usual size, to 2. */
    void setScale(double wanted);

    /** The size of texts and controls, from 1 to 2. */
    double scale();

    /** Whether an option is on. */
    boolean isOn(Option option);

    /** Shows the panels that come with the program, at their sizes. */
    void resetLayout();

    /** Whether warnings are hidden. */
    boolean hidesWarnings();

    /** Shows all warnings again. */
    void showWarnings();

    /** Turns an option on or off and remembers it. */
    void toggle(Option option);
}
