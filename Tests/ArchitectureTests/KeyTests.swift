import Testing

/// A key that means two things does the wrong one some day, and nobody sees which was meant.
@Suite struct `No key has two meanings` {
    /// A key that code gives to a button, a link or a field.
    private struct Given {
        let place: String
        let file: String
        let key: String
    }

    /// The keys of pages, as `Keys` in `Web` has them.
    private static let registry: [String] = SourceFile.sources.filter { $0.path.hasSuffix("/Web/Page/Keys.swift") }
        .flatMap(\.lines).compactMap { line in line.firstMatch(of: /Meaning\("(.)",/).map { String($0.1) } }

    private static func given(_ isMenu: Bool) -> [Given] {
        SourceFile.sources.filter { file in
            file.target != "Web" && file.lines.contains { $0.contains("Site.Link(") } == isMenu
        }.flatMap { file in
            file.lines(holding: "key: \"").flatMap { index in
                file.code(index).matches(of: /\bkey: "(.)"/).map {
                    Given(place: file.place(index), file: file.path, key: String($0.1))
                }
            }
        }
    }

    @Test func `the menu's letters are all different, and are pressed with Shift`() {
        let letters = Self.given(true).map(\.key)
        #expect(letters.count > 5)
        #expect(Set(letters).count == letters.count, "\(letters.sorted())")
        // `Keys.ofMenu` makes capitals of them.
        for letter in letters { #expect(letter.uppercased() != letter, "\(letter) is no small letter") }
    }

    @Test func `a page's key is in the registry, and no key of the menu`() {
        let known = Set(Self.registry)
        #expect(known.count > 10 && known.count == Self.registry.count)
        #expect(known.allSatisfy { $0 == $0.lowercased() })
        let given = Self.given(false)
        #expect(given.count > 20)
        for one in given { #expect(known.contains(one.key), "\(one.place): no such key in Keys") }
        // What stands in Web itself: the frame's own key, the search and the tabs.
        let unused = known.subtracting(given.map(\.key)).subtracting(["?", "/", "1"])
        #expect(unused == [], "nobody uses these")
    }
}
