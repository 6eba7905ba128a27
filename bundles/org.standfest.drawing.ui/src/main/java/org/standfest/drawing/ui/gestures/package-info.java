/**
 * What a person does to a drawing with pointer and keys, as a state machine over plain events: it
 * knows no window and can be tested without one.
 */
package org.standfest.drawing.ui.gestures;
