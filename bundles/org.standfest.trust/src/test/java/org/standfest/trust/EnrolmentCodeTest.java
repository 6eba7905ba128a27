package org.standfest.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

class EnrolmentCodeTest {

    private final SecureRandom random = new SecureRandom();
    private final KeyPair authority = Certificates.newKeyPair(random);

    @Test
    void isReadBackAsItWasShown() {
        EnrolmentCode code = EnrolmentCode.create(authority.getPublic(), random);
        assertTrue(code.text().matches("([0-9A-Z]{4}-){7}[0-9A-Z]{4}"), code.text());
        assertEquals(Optional.of(code), EnrolmentCode.parse(code.text()));
    }

    @Test
    void forgivesCaseBlanksAndLookAlikes() {
        EnrolmentCode code = EnrolmentCode.create(authority.getPublic(), random);
        String sloppy =
                code.text()
                        .toLowerCase(Locale.ROOT)
                        .replace('-', ' ')
                        .replace('0', 'o')
                        .replace('1', 'l');
        assertEquals(Optional.of(code), EnrolmentCode.parse("  " + sloppy));
    }

    @Test
    void noticesEverySingleWrongCharacter() {
        String text = EnrolmentCode.create(authority.getPublic(), random).text().replace("-", "");
        for (int i = 0; i < text.length(); i++) {
            char wrong = text.charAt(i) == 'X' ? 'Y' : 'X';
            String typed = text.substring(0, i) + wrong + text.substring(i + 1);
            assertEquals(Optional.empty(), EnrolmentCode.parse(typed), "position " + i);
        }
        assertEquals(Optional.empty(), EnrolmentCode.parse(""));
        assertEquals(Optional.empty(), EnrolmentCode.parse("x".repeat(100_000)));
    }

    @Test
    void knowsItsAuthorityFromAnother() {
        EnrolmentCode code = EnrolmentCode.create(authority.getPublic(), random);
        assertTrue(code.isFor(authority.getPublic()));
        assertFalse(code.isFor(Certificates.newKeyPair(random).getPublic()));
    }

    @Test
    void keepsItsSecretOutOfLogs() {
        EnrolmentCode code = EnrolmentCode.create(authority.getPublic(), random);
        assertFalse(code.toString().contains(code.secret()));
    }
}
