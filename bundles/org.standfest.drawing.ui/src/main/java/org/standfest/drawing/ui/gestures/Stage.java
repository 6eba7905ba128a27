package org.standfest.drawing.ui.gestures;

import org.standfest.drawing.ui.SceneIndex;
import org.standfest.drawing.ui.Viewport;

import java.util.Set;

/** What gestures are made on: the part of a drawing that is seen. One thread. */
public interface Stage {

    /** What is shown. */
    SceneIndex index();

    /** Which part of it. */
    Viewport viewport();

    /** Shows another part. */
    void view(Viewport next);

    /** What is selected. */
    Set<String> selection();

    /** Selects these and no others. */
    void select(Set<String> ids);
}
