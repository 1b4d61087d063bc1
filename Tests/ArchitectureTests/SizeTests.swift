import Testing

/// A new declaration may let every file of its target be compiled again, and in a large target everything comes to know
/// everything.
@Suite struct `Targets stay small` {
    private static let most = 7000
    /// Those that are larger, until they are divided: they may not grow without end.
    private static let larger = ["OneStop": 14_000, "Dossiers": 10_300, "DossierCore": 9000, "Catalogue": 7700]

    private static let sizes = Dictionary(grouping: SourceFile.sources, by: \.target).mapValues { files in
        files.map(\.lines.count).reduce(0, +)
    }

    @Test func `no target is over seven thousand lines but those that are named`() {
        #expect(Self.sizes.count > 20)
        for (target, size) in Self.sizes.sorted(by: { $0.key < $1.key }) {
            #expect(size <= Self.larger[target] ?? Self.most, "\(target) has \(size) lines")
        }
    }

    @Test func `nobody is excused who is small enough`() {
        for (target, _) in Self.larger { #expect(Self.sizes[target] ?? 0 > Self.most, "\(target) needs no excuse") }
    }
}
