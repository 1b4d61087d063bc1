package import Markup

/// How much a button calls for attention; a page has one main action.
package enum Weight: String, Sendable {
    case main, plain, quiet, danger
}

/// The button that sends the form around it. `key` presses it from the keyboard in the officers' workspace; with
/// `opens` the form goes to that address instead, and the answer is shown in a window of its own.
package func button(
    _ label: String,
    _ weight: Weight = .main,
    name: String? = nil,
    value: String? = nil,
    key: String? = nil,
    confirm: String? = nil,
    opens path: String? = nil
) -> HTML {
    """
    <button class="button \(weight.rawValue)" \(attribute: "name", name) \(attribute: "value", value) \
    \(attribute: "formaction", path) \(attribute: "formtarget", path == nil ? nil : "_blank") \
    \(attribute: "data-key", key) \(attribute: "data-confirm", confirm)>\(label)\(keyHint(key))</button>
    """
}

/// A link that looks like a button, because it begins something.
package func linkButton(_ label: String, _ path: String, _ weight: Weight = .main, key: String? = nil) -> HTML {
    """
    <a class="button \(weight.rawValue)" href="\(path)" \(attribute: "data-key", key)>\(label)\(keyHint(key))</a>
    """
}

/// Buttons and links beside each other.
package func actions(_ items: HTML?...) -> HTML { "<div class=\"actions\">\(items.compactMap(\.self))</div>" }

private func keyHint(_ key: String?) -> HTML? { key.map { "<kbd aria-hidden=\"true\">\($0)</kbd>" } }
