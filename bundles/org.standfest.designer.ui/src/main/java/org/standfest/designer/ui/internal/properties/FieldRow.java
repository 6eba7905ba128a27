package org.standfest.designer.ui.internal.properties;

import org.eclipse.core.databinding.Binding;
import org.eclipse.core.databinding.DataBindingContext;
import org.eclipse.core.databinding.UpdateValueStrategy;
import org.eclipse.core.databinding.conversion.IConverter;
import org.eclipse.core.databinding.observable.value.IObservableValue;
import org.eclipse.core.databinding.validation.ValidationStatus;
import org.eclipse.core.runtime.IStatus;
import org.eclipse.emf.common.util.Enumerator;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EEnum;
import org.eclipse.emf.ecore.EEnumLiteral;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.edit.provider.IItemPropertySource;
import org.eclipse.jface.databinding.swt.typed.WidgetProperties;
import org.eclipse.jface.databinding.viewers.typed.ViewerProperties;
import org.eclipse.jface.layout.GridDataFactory;
import org.eclipse.jface.viewers.ArrayContentProvider;
import org.eclipse.jface.viewers.ComboViewer;
import org.eclipse.jface.viewers.LabelProvider;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Button;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Label;
import org.eclipse.swt.widgets.Text;
import org.standfest.designer.ui.internal.document.TopologyDocument;
import org.standfest.workbench.ui.look.Look;
import org.standfest.workbench.ui.look.Style;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Makes the row of one property: label, field, unit; bound to the model by commands. */
final class FieldRow {

    private static final Object NOTHING = new Object();
    private static final int LABEL_WIDTH = 130;

    private final Composite parent;
    private final Look look;
    private final TopologyDocument document;
    private final DataBindingContext context;
    private final Locale locale;
    private final BiConsumer<PropertyPlan.Field, Optional<String>> problems;

    /**
     * @param parent a grid of three columns
     * @param problems told what is wrong with what is being typed; empty when it is right
     */
    FieldRow(
            Composite parent,
            Look look,
            TopologyDocument document,
            DataBindingContext context,
            Locale locale,
            BiConsumer<PropertyPlan.Field, Optional<String>> problems) {
        this.parent = parent;
        this.look = look;
        this.document = document;
        this.context = context;
        this.locale = locale;
        this.problems = problems;
    }

    void add(EObject element, PropertyPlan.Field field) {
        Label label = new Label(parent, SWT.WRAP);
        label.setText(field.kind() == PropertyPlan.Kind.FLAG ? "" : field.label());
        Style.MUTED.on(label);
        boolean tall =
                field.kind() == PropertyPlan.Kind.NOTE || field.kind() == PropertyPlan.Kind.LIST;
        int width = Math.min(LABEL_WIDTH, label.computeSize(SWT.DEFAULT, SWT.DEFAULT).x);
        GridDataFactory.fillDefaults()
                .align(SWT.FILL, tall ? SWT.BEGINNING : SWT.CENTER)
                .hint(width, SWT.DEFAULT)
                .applyTo(label);
        CommandValue value =
                new CommandValue(
                        document.domain(),
                        element,
                        field.feature(),
                        document.words().describe(field.feature(), element.eClass()));
        Control control =
                switch (field.kind()) {
                    case TEXT, NUMBER, NOTE -> text(field, value);
                    case CHOICE -> choice(field, value);
                    case FLAG -> flag(field, value);
                    case REFERENCE -> reference(element, field, value);
                    case LIST -> list(element, field);
                };
        control.setData("standfest.id", "property." + field.feature().getName());
    }

    private Control text(PropertyPlan.Field field, CommandValue value) {
        FieldCodec codec =
                new FieldCodec(((EAttribute) field.feature()).getEAttributeType(), locale);
        boolean note = field.kind() == PropertyPlan.Kind.NOTE;
        boolean number = field.kind() == PropertyPlan.Kind.NUMBER;
        int style = note ? SWT.MULTI | SWT.WRAP | SWT.V_SCROLL : number ? SWT.RIGHT : SWT.SINGLE;
        Text text = new Text(parent, SWT.BORDER | style);
        GridDataFactory.fillDefaults()
                .align(number ? SWT.BEGINNING : SWT.FILL, SWT.CENTER)
                .span(number ? 1 : 2, 1)
                .grab(!number, false)
                .hint(number ? 90 : 60, note ? 64 : SWT.DEFAULT)
                .applyTo(text);
        if (number) {
            unit(field, value, codec);
        }
        IObservableValue<String> typed =
                WidgetProperties.text(new int[] {SWT.FocusOut, SWT.DefaultSelection}).observe(text);
        Binding binding =
                context.bindValue(
                        typed,
                        value,
                        new UpdateValueStrategy<String, Object>()
                                .setAfterGetValidator(string -> status(codec.problem(string)))
                                .setConverter(
                                        IConverter.create(String.class, Object.class, codec::read)),
                        new UpdateValueStrategy<Object, String>()
                                .setConverter(
                                        IConverter.create(
                                                Object.class, String.class, codec::write)));
        text.addListener(SWT.Modify, _ -> problems.accept(field, codec.problem(text.getText())));
        text.addListener(
                SWT.KeyDown,
                event -> {
                    if (event.keyCode == SWT.ESC) {
                        binding.updateModelToTarget();
                    }
                });
        return text;
    }

    private void unit(PropertyPlan.Field field, CommandValue value, FieldCodec codec) {
        Label unit = new Label(parent, SWT.NONE);
        Style.MUTED.on(unit);
        GridDataFactory.fillDefaults().grab(true, false).align(SWT.FILL, SWT.CENTER).applyTo(unit);
        Runnable write =
                () -> {
                    if (!unit.isDisposed()) {
                        String more = codec.inOtherWords(value.getValue());
                        unit.setText((field.unit() + "  " + more).strip());
                    }
                };
        write.run();
        value.addValueChangeListener(_ -> write.run());
    }

    private static IStatus status(Optional<String> problem) {
        return problem.map(ValidationStatus::error).orElseGet(ValidationStatus::ok);
    }

    private Control flag(PropertyPlan.Field field, CommandValue value) {
        Button box = new Button(parent, SWT.CHECK);
        box.setText(field.label());
        GridDataFactory.fillDefaults().span(2, 1).applyTo(box);
        context.bindValue(
                WidgetProperties.buttonSelection().observe(box),
                value,
                new UpdateValueStrategy<Boolean, Object>()
                        .setConverter(IConverter.create(Boolean.class, Object.class, on -> on)),
                new UpdateValueStrategy<Object, Boolean>()
                        .setConverter(
                                IConverter.create(
                                        Object.class, Boolean.class, Boolean.TRUE::equals)));
        return box;
    }

    private Control choice(PropertyPlan.Field field, CommandValue value) {
        EEnum type = (EEnum) ((EAttribute) field.feature()).getEAttributeType();
        List<Object> literals = new ArrayList<>();
        for (EEnumLiteral literal : type.getELiterals()) {
            literals.add(literal.getInstance());
        }
        return combo(literals, value, each -> document.words().literal((Enumerator) each));
    }

    private Control reference(EObject element, PropertyPlan.Field field, CommandValue value) {
        IItemPropertySource source =
                (IItemPropertySource)
                        document.domain()
                                .getAdapterFactory()
                                .adapt(element, IItemPropertySource.class);
        Collection<?> choices =
                source.getPropertyDescriptor(element, field.feature()).getChoiceOfValues(element);
        List<Object> sorted = new ArrayList<>(choices == null ? List.of() : choices);
        sorted.removeIf(each -> !(each instanceof EObject));
        sorted.sort(Comparator.comparing(each -> document.words().label((EObject) each)));
        if (value.getValue() instanceof EObject present && !sorted.contains(present)) {
            sorted.addFirst(present);
        }
        sorted.addFirst(NOTHING);
        return combo(
                sorted,
                value,
                each -> each == NOTHING ? "\u2013" : document.words().label((EObject) each));
    }

    private interface Naming {
        String name(Object each);
    }

    private Control combo(List<Object> choices, CommandValue value, Naming naming) {
        ComboViewer viewer = new ComboViewer(parent, SWT.READ_ONLY | SWT.DROP_DOWN);
        viewer.setContentProvider(ArrayContentProvider.getInstance());
        viewer.setLabelProvider(
                new LabelProvider() {
                    @Override
                    public String getText(Object each) {
                        return naming.name(each);
                    }
                });
        viewer.setInput(choices);
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .hint(80, SWT.DEFAULT)
                .applyTo(viewer.getControl());
        IObservableValue<Object> chosen =
                ViewerProperties.<ComboViewer, Object>singleSelection().observe(viewer);
        context.bindValue(
                chosen,
                value,
                new UpdateValueStrategy<>()
                        .setConverter(
                                IConverter.create(
                                        Object.class,
                                        Object.class,
                                        each -> each == NOTHING ? null : each)),
                new UpdateValueStrategy<>()
                        .setConverter(
                                IConverter.create(
                                        Object.class,
                                        Object.class,
                                        each -> each == null ? NOTHING : each)));
        return viewer.getControl();
    }

    private Control list(EObject element, PropertyPlan.Field field) {
        Object content = element.eGet(field.feature());
        StringBuilder words = new StringBuilder();
        for (Object each : (Collection<?>) content) {
            words.append(words.isEmpty() ? "" : ", ").append(name(each));
        }
        Label label = new Label(parent, SWT.WRAP);
        label.setText(words.isEmpty() ? "\u2013" : words.toString().replace("&", "&&"));
        label.setFont(look.text());
        GridDataFactory.fillDefaults()
                .span(2, 1)
                .grab(true, false)
                .hint(80, SWT.DEFAULT)
                .applyTo(label);
        return label;
    }

    private String name(Object each) {
        return switch (each) {
            case EObject element -> document.words().label(element);
            case Enumerator literal -> document.words().literal(literal);
            default -> String.valueOf(each);
        };
    }
}
