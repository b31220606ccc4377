package org.netsplice.edit;

/** Forgets where layers were put by hand, so that the layout places everything. */
public record Arrange() implements Edit {

    @Override
    public Document apply(Document document) {
        return document.with(Placement.EMPTY
                .withFolded(document.placement().folded())
                .with(document.placement().figure()));
    }

    @Override
    public String title() {
        return "arrange";
    }
}
