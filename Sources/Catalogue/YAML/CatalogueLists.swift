import Web

/// What procedures refer to: the files of `Procedures/lists`.
struct CatalogueLists: Sendable {
    var fields: [Catalogue.Field] = []
    /// By name of the file.
    var options: [String: [FieldOption]] = [:]
    var synonyms = Synonyms()
    var englishSynonyms = Synonyms()

    mutating func read(_ text: String, named name: String, _ log: FaultLog) {
        guard let root = YAMLDocument.root(of: text, log) else { return }
        switch name {
        case "fields.yaml": fields = readFields(root)
        case "synonyms.yaml": synonyms = Synonyms(root)
        case "synonyms-en.yaml":
            englishSynonyms = Synonyms(root) { text in
                EnglishWords.stems(of: text).map { SpelledWord(exact: $0, folded: $0) }
            }
        default: options[String(name.dropLast(".yaml".count))] = OptionsReader.read(root)
        }
    }

    private func readFields(_ root: YAMLNode) -> [Catalogue.Field] {
        var keys = KeySet(of: Words("Lĩnh vực", "field"))
        return (root.list() ?? []).compactMap { node in
            guard let object = node.object(["key", "code", "vi", "en"]) else { return nil }
            let name = object.words()
            guard let keyNode = object.required("key"), let key = keyNode.key(.dashed) else { return nil }
            keys.insert(key, keyNode)
            return name.map { Catalogue.Field(key: key, code: object["code"]?.text(), name: $0) }
        }
    }
}
