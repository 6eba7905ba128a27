package org.standfest.cli;

import org.osgi.service.component.annotations.Component;
import org.standfest.command.Command;
import org.standfest.command.Invocation;

import java.util.List;
import java.util.Locale;

/** {@code standfest standby}: the standby of this machine. */
@Component(service = Command.class)
public final class StandbyProductCommand implements Command {

    private final Command resident = new ResidentCommand("standby", "standby", List.of());

    @Override
    public String verb() {
        return resident.verb();
    }

    @Override
    public String summary(Locale locale) {
        return resident.summary(locale);
    }

    @Override
    public String usage(Locale locale) {
        return resident.usage(locale);
    }

    @Override
    public int run(Invocation call) {
        return resident.run(call);
    }
}
