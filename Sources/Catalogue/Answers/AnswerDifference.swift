extension Answers {
    /// The paths of the fields that are not the same in `earlier`, in order of their names.
    package func fields(differingFrom earlier: Answers) -> [String] {
        let (now, before) = (byPath, earlier.byPath)
        return Set(now.keys).union(before.keys).filter { now[$0] != before[$0] }.map(\.rawValue).sorted()
    }

    /// Nothing stands in the field at `path`.
    package func isMissing(_ path: String) -> Bool {
        FieldPath(rawValue: path).map { byPath[$0] == nil } ?? true
    }

    private var byPath: [FieldPath: Answer] {
        var answers: [FieldPath: Answer] = [:]
        for (section, content) in sections {
            let rows: [(Int?, Row)] =
                switch content {
                case .once(let row): [(nil, row)]
                case .rows(let rows): rows.enumerated().map { ($0.offset, $0.element) }
                }
            for (index, row) in rows {
                for (field, answer) in row where !answer.isBlank {
                    answers[FieldPath(section: section, row: index, field: field)] = answer
                }
            }
        }
        return answers
    }
}
