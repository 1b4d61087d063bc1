import Testing

@Suite struct `Everything is said in both languages` {
    @Test func `no text lacks its Vietnamese or its English`() {
        for file in SourceFile.sources {
            let empty = file.lines(
                holding: "say(\"\"",
                "Words(\"\"",
                "Words(vi: \"\"",
                ", \"\")",
                "en: \"\")",
                matching: /\b(?:say|language|Words)\((?:vi: )?"(?:",(?! (?:en: )?""\))|[^"]+", (?:en: )?""\))/
            )
            for index in empty { Issue.record("\(file.place(index)) lacks one language") }
        }
    }

    /// The two are told apart by their letters: English has none with Vietnamese accents.
    @Test func `the English is not the Vietnamese once more`() {
        for file in SourceFile.sources {
            for index in file.lines(holding: "say(\"", "Words(\"") {
                for match in file.lines[index].matches(of: /\b(?:say|Words)\("([^"\\]*)", "([^"\\]*)"\)/)
                where match.output.1 == match.output.2 {
                    let isVietnamese = match.output.1.unicodeScalars.contains { $0.value == 0x111 || $0.value > 0x19F }
                    if isVietnamese { Issue.record("\(file.place(index)) says the same in both languages") }
                }
            }
        }
    }
}
