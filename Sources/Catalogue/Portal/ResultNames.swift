import Web

/// How results of procedures are called, for papers that may be taken from an earlier one.
struct ResultNames: Sendable {
    private var names: [String: Words] = [:]

    init(_ catalogue: Catalogue) {
        for procedure in catalogue.procedures.values {
            for result in procedure.revisions.last?.results ?? [] { names[result.key] = result.name }
        }
    }

    subscript(key: String) -> Words? { names[key] }
}
