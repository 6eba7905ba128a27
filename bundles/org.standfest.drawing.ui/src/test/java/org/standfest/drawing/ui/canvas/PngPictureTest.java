package org.standfest.drawing.ui.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.standfest.drawing.ui.Box;

class PngPictureTest {

    @Test
    void aSmallDrawingIsAsLargeAsAskedFor() {
        assertEquals(2, PngPicture.fitting(new Box(0, 0, 1000, 800), 2));
    }

    /** Four bytes for each pixel, held about three times while it is written. */
    @ParameterizedTest
    @CsvSource({"8000,6000", "90000,70000", "200000,100"})
    void aLargeDrawingIsDrawnSmallerUntilItFitsIntoAQuarterOfAGigabyte(double wide, double high) {
        double scale = PngPicture.fitting(new Box(0, 0, wide, high), 2);
        assertTrue(wide * scale <= PngPicture.MAX_PIXELS * 1.000001);
        assertTrue(wide * scale * high * scale * 4 * 3 <= 256e6);
    }
}
