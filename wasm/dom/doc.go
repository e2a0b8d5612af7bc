// Package dom puts vugu's node tree into an element or a shadow root.
//
// Root builds the component, compares the tree with the last one and sends only
// the changes, as one batch, to the static script web/static/dom.js (a call of
// the browser for every change took three times as long). Any number of roots
// live on a page; a root's whole state is its own. Nothing is evaluated, so a
// page may forbid inline scripts and inline styles.
//
// What a template may rely on, beyond vugu itself:
//
//   - A component keeps its elements as long as vugu keeps the component: in a
//     vg-for, give it vg-key. An element in a list keeps its identity by the
//     attribute data-key, else by its place among its like.
//   - A component that is Resting is not built again after a change that the
//     mounted one, a Quieter, calls quiet.
//   - SVG that vg-html puts into an element stays where only values of it change.
//   - Children of <svg> are SVG, also across component borders; below
//     foreignObject they are HTML again.
//   - style is applied through the CSS object model. autofocus and on...
//     attributes are ignored; data-autofocus takes the focus at creation.
//   - value, checked, selected, muted and indeterminate set the property. What a
//     person typed stays until the model's value changes; a field that has an
//     input or change handler is held to the model's value once it loses focus,
//     a checkbox at once.
//   - data-prevent="keydown:ArrowUp,Space wheel submit" calls preventDefault at
//     once for these event types, for keys only when neither Ctrl, Alt nor Meta
//     is down. A touch or wheel listener is passive unless so named.
//   - data-capture captures the pointer on pointerdown (give it touch-action); of
//     several around it the innermost does.
//   - data-box="selector" on an element lets the first such element in it stand
//     for its box: x, y, width and height are of that.
//   - Events that do not bubble (focus, blur, pointerenter, scroll ...) reach
//     only handlers of the element itself.
//
// An event's summary has type, key, code, shiftKey, ctrlKey, metaKey, altKey,
// button, buttons, pointerId, pointerType, clientX, clientY, scale (dots of the
// screen a CSS pixel), deltaY, isComposing, repeat; x and y, the pointer as a fraction of the current
// target's box (outside 0..1 when a captured pointer leaves it); target {id, name, value,
// checked, tagName, valueAsNumber, files, dataset}; and currentTarget {id,
// dataset} and, where there is a pointer, its width and height in CSS pixels.
//
// BuildOut.CSS and BuildOut.JS are ignored: styles and scripts are files.
package dom
