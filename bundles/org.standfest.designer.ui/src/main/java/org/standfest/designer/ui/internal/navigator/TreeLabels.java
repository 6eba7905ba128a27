package org.standfest.designer.ui.internal.navigator;

import org.eclipse.emf.ecore.EObject;
import org.eclipse.jface.resource.ImageDescriptor;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.swt.graphics.Image;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.results.Finding;
import org.standfest.results.Severity;
import org.standfest.topology.Element;
import org.standfest.topology.edit.ElementIcons;
import org.standfest.workbench.ui.look.Light;
import org.standfest.workbench.ui.look.LightPainter;
import org.standfest.workbench.ui.look.Look;

import java.util.List;

/** Names and icons of the tree; a finding puts its sign at the icon's corner. */
final class TreeLabels extends LabelProvider {

    private final Look look;
    private final TopologyDocument document;
    private final TreePlan plan;

    TreeLabels(Look look, TopologyDocument document, TreePlan plan) {
        this.look = look;
        this.document = document;
        this.plan = plan;
    }

    @Override
    public String getText(Object node) {
        return plan.label(node);
    }

    @Override
    public Image getImage(Object node) {
        ImageDescriptor base =
                ImageDescriptor.createFromURL(
                        ElementIcons.url(
                                node instanceof TreePlan.Group group
                                        ? group.feature().getEReferenceType().isAbstract()
                                                ? document.topology().eClass()
                                                : group.feature().getEReferenceType()
                                        : ((EObject) node).eClass()));
        if (!(node instanceof Element element)) {
            return look.image(base);
        }
        List<Finding> findings = document.report().about(element.getId());
        if (findings.isEmpty() || findings.getFirst().severity() == Severity.HINT) {
            return look.image(base);
        }
        ImageDescriptor sign =
                LightPainter.image(Light.of(findings.getFirst().severity()), look.shades(), 8);
        return look.image(base, sign);
    }
}
