package org.standfest.topology.check.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.FieldOption;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.standfest.analysis.TopologyExaminer;
import org.standfest.analysis.TopologyReport;
import org.standfest.analysis.TopologyRule;
import org.standfest.analysis.licences.LicenceModel;
import org.standfest.analysis.licences.LicenceModels;
import org.standfest.topology.Topology;
import org.standfest.topology.check.BuiltInRules;
import org.standfest.topology.check.RuleExaminer;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Offers the examiner as a service: the built-in rules and whatever rules partners registered. */
@Component
public final class ExaminerComponent implements TopologyExaminer {

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    private volatile List<TopologyRule> partnerRules = List.of();

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            fieldOption = FieldOption.REPLACE)
    private volatile List<LicenceModel> licenceModels = List.of();

    private final List<TopologyRule> builtIn =
            BuiltInRules.all(
                    Clock.systemDefaultZone(), () -> new LicenceModels(this.licenceModels));
    private final RuleExaminer examiner = new RuleExaminer(this::rules);

    /** Called by Declarative Services. */
    @Activate
    public ExaminerComponent() {}

    @Override
    public TopologyReport examine(Topology topology, BooleanSupplier cancelled) {
        return examiner.examine(topology, cancelled);
    }

    private List<TopologyRule> rules() {
        List<TopologyRule> all = new ArrayList<>(builtIn);
        all.addAll(partnerRules);
        return all;
    }
}
