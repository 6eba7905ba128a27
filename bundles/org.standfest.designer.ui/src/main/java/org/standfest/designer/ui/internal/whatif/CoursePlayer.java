package org.standfest.designer.ui.internal.whatif;

import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.layout.GridLayoutFactory;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Scale;
import org.standfest.analysis.whatif.CourseText;
import org.standfest.results.Catalog;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The time line of a course: play, pause, and a slider to any moment. Moments follow each other at
 * the same pace, whether seconds or hours lie between them. User interface thread only.
 */
final class CoursePlayer {

    private static final Catalog TEXTS = Catalog.beside(CoursePlayer.class);
    private static final int PACE_MILLIS = 1200;

    private final CourseText words;
    private final Locale locale;
    private final Consumer<Map<String, String>> marks;
    private final LongConsumer moment;
    private final Composite bar;
    private final Button play;
    private final Scale slider;
    private final Label time;
    private CourseFrames frames;
    private boolean playing;
    private int beat;

    /**
     * @param marks takes how things stand at each moment that is shown
     * @param moment takes its time in seconds
     */
    CoursePlayer(
            Composite parent,
            CourseText words,
            Locale locale,
            Consumer<Map<String, String>> marks,
            LongConsumer moment) {
        this.words = words;
        this.locale = locale;
        this.marks = marks;
        this.moment = moment;
        bar = new Composite(parent, SWT.NONE);
        GridLayoutFactory.fillDefaults().numColumns(3).spacing(8, 0).applyTo(bar);
        GridDataFactory.fillDefaults().grab(true, false).span(2, 1).indent(12, 0).applyTo(bar);
        play = new Button(bar, SWT.PUSH);
        play.setData("standfest.id", "whatif.play");
        play.addListener(SWT.Selection, _ -> toggle());
        GridDataFactory.fillDefaults().hint(110, SWT.DEFAULT).applyTo(play);
        slider = new Scale(bar, SWT.HORIZONTAL);
        slider.setData("standfest.id", "whatif.time");
        slider.setPageIncrement(1);
        slider.addListener(
                SWT.Selection,
                _ -> {
                    pause();
                    showMoment();
                });
        GridDataFactory.fillDefaults().grab(true, false).applyTo(slider);
        time = new Label(bar, SWT.NONE);
        time.setData("standfest.id", "whatif.moment");
        GridDataFactory.fillDefaults()
                .align(SWT.FILL, SWT.CENTER)
                .hint(160, SWT.DEFAULT)
                .applyTo(time);
        hide();
    }

    /** Shows the first moment of a course. */
    void show(CourseFrames next) {
        frames = next;
        slider.setMaximum(Math.max(1, next.moments().size() - 1));
        slider.setSelection(0);
        slider.setEnabled(next.moments().size() > 1);
        play.setEnabled(next.moments().size() > 1);
        bar.setVisible(true);
        pause();
        showMoment();
    }

    /** Shows nothing, also in the drawing. */
    void hide() {
        frames = null;
        if (!bar.isDisposed()) {
            pause();
            bar.setVisible(false);
        }
        marks.accept(Map.of());
    }

    private void toggle() {
        if (playing) {
            pause();
            return;
        }
        playing = true;
        play.setText(TEXTS.text(locale, "pause"));
        if (slider.getSelection() == last()) {
            slider.setSelection(0);
            showMoment();
        }
        next(++beat);
    }

    private int last() {
        return frames.moments().size() - 1;
    }

    private void pause() {
        playing = false;
        beat++;
        play.setText(TEXTS.text(locale, "play"));
    }

    private void next(int mine) {
        bar.getDisplay()
                .timerExec(
                        PACE_MILLIS,
                        () -> {
                            if (mine == beat && !bar.isDisposed() && frames != null) {
                                step(mine);
                            }
                        });
    }

    private void step(int mine) {
        slider.setSelection(slider.getSelection() + 1);
        showMoment();
        if (slider.getSelection() >= last()) {
            pause();
        } else {
            next(mine);
        }
    }

    private void showMoment() {
        int at = Math.min(slider.getSelection(), last());
        if (at < 0) {
            return;
        }
        long seconds = frames.moments().get(at);
        time.setText(TEXTS.text(locale, "after", words.duration(seconds)));
        marks.accept(frames.marks(at));
        moment.accept(seconds);
    }
}
