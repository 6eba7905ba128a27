package org.standfest.analysis.reports;

import org.standfest.results.Catalog;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.Locale;

/**
 * The figures of an analysis as people write them: availabilities with as many nines as there are,
 * downtime in the unit that fits, names of what fails. Immutable, any thread.
 *
 * @param locale the reader's language
 */
public record FigureText(Locale locale) {

    private static final Catalog TEXTS = Catalog.beside(FigureText.class);
    private static final double MINUTES_PER_YEAR = 8760 * 60;
    private static final int DECIMALS_MAX = 9;
    private static final MathContext DIGITS = new MathContext(12);

    /** A text of this bundle's catalogue. */
    String text(String key, Object... arguments) {
        return TEXTS.text(locale, key, arguments);
    }

    /**
     * An availability in percent, rounded down, so that nothing looks better than it is; two digits
     * behind the nines.
     *
     * @param unavailability 0 to 1
     */
    public String availability(double unavailability) {
        if (unavailability == 0) {
            return text("figure.percent", fixed(BigDecimal.valueOf(100), 0));
        }
        double percent = 100 * unavailability;
        int decimals = Math.clamp((int) Math.ceil(-Math.log10(percent)) + 1, 1, DECIMALS_MAX);
        // Twelve digits, so that the dust of binary fractions does not round a whole digit down.
        // From U, not from 1 - U: the nines are exact however many there are.
        BigDecimal exact = BigDecimal.valueOf(100).subtract(new BigDecimal(percent, DIGITS));
        return text("figure.percent", fixed(exact, decimals));
    }

    private String fixed(BigDecimal value, int decimals) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMinimumFractionDigits(decimals);
        format.setMaximumFractionDigits(decimals);
        format.setRoundingMode(RoundingMode.DOWN);
        return format.format(value);
    }

    /** A number with as many digits as help: three, none behind the comma from 100 on. */
    public String number(double value) {
        NumberFormat format = NumberFormat.getInstance(locale);
        double size = Math.abs(value);
        int digits = size >= 100 || size == 0 ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 4;
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    /** A share in percent; what would be rounded to nothing says so. */
    public String share(double share) {
        if (share > 0 && share < 0.001) {
            return text("figure.less", text("figure.percent", number(0.1)));
        }
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(share < 0.1 ? 1 : 0);
        return text("figure.percent", format.format(100 * share));
    }

    /** The downtime of a year of 8,760 hours. */
    public String downtime(double unavailability) {
        return minutes(unavailability * MINUTES_PER_YEAR);
    }

    /** A duration in hours, in one or two units. */
    public String hours(double hours) {
        return minutes(hours * 60);
    }

    /**
     * A duration in the unit that fits: days and hours, hours and minutes, minutes, seconds.
     *
     * @param minutes not negative
     */
    public String minutes(double minutes) {
        if (!Double.isFinite(minutes)) {
            return text("figure.never");
        }
        if (minutes >= 2 * 1440 * 365.0) {
            return text("figure.years", number(minutes / (1440 * 365.0)));
        }
        if (minutes >= 2 * 1440) {
            long hours = Math.round(minutes / 60);
            return hours % 24 == 0 || minutes >= 20 * 1440
                    ? text("figure.days", number(Math.round(minutes / 1440)))
                    : text("figure.days-hours", hours / 24, hours % 24);
        }
        if (minutes >= 60) {
            long whole = Math.round(minutes);
            return whole % 60 == 0
                    ? text("figure.hours", whole / 60)
                    : text("figure.hours-minutes", whole / 60, whole % 60);
        }
        if (minutes >= 1) {
            return text("figure.minutes", one(minutes));
        }
        double seconds = 60 * minutes;
        return seconds >= 0.1 || seconds == 0
                ? text("figure.seconds", one(seconds))
                : text("figure.less", text("figure.seconds", number(0.1)));
    }

    private String one(double value) {
        NumberFormat format = NumberFormat.getInstance(locale);
        format.setMaximumFractionDigits(value < 10 ? 1 : 0);
        return format.format(value);
    }

    /**
     * How much of the cases is kept when a share is missed: rounded down, so that "always" is never
     * said of what fails at times.
     *
     * @param missed 0 to 1
     */
    String keptShare(double missed) {
        return missed > 0 && missed < 1 ? availability(Math.max(missed, 1e-6)) : share(1 - missed);
    }
}
