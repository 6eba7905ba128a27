package org.standfest.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.standfest.management.ReplacementModel;
import org.standfest.management.ReplacementWay;
import org.standfest.management.SystemReplacement;

import java.util.List;
import java.util.Optional;

class ReplacementVerbsTest {

    @Test
    void aModelIsReadAsItIsTyped() {
        ReplacementModel model =
                ReplacementVerbs.read(
                                "places=1; spares=agent-a, agent-b; mail@1=here;"
                                        + " shop=vpn+carried+spare 192.0.2.1 192.0.2.0/24")
                        .orElseThrow();
        assertEquals(1, model.places());
        assertEquals(List.of("agent-a", "agent-b"), model.spares());
        assertEquals(
                new SystemReplacement("mail", 1, List.of(ReplacementWay.HERE), "", ""),
                model.of("mail"));
        SystemReplacement shop = model.of("shop");
        assertEquals(ReplacementWay.VPN, shop.first());
        assertEquals(5, shop.priority());
        assertEquals("192.0.2.0/24", shop.network());
        assertEquals(ReplacementWay.CARRIED, shop.with(ReplacementWay.CARRIED).first());
        assertEquals(ReplacementWay.HERE, model.of("other").first());
        assertEquals(Optional.of(ReplacementModel.NONE), ReplacementVerbs.read(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "places=-1",
                "places=many",
                "mail",
                "mail@10=here",
                "mail=train",
                "mail=vpn",
                "mail=spare",
                "mail=here+here",
                "mail=carried 192.0.2.1",
                "mail=vpn 192.0.2.999",
                "mail=carried 192.0.2.1 192.0.2.0/33",
                "mail=here;mail=here",
                "spares=a,a"
            })
    void whatCouldNotBeDoneInAnEmergencyIsRefusedWhenItIsSet(String typed) {
        assertTrue(ReplacementVerbs.read(typed).isEmpty(), typed);
    }
}
