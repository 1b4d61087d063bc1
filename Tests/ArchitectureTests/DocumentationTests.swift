import Testing

@Suite struct `What others call is described` {
    private static let described = [
        "Kernel", "Markup", "Persistence", "Web", "Catalogue", "Agencies", "Documents", "HallPlan", "Forecasting",
        "DossierCore", "PrintedPapers",
    ]

    @Test(arguments: described)
    func `every package declaration at the top of a file has a sentence`(target: String) {
        // A type without cases only marks whose ID an ID is; its name says it all.
        let declaration = /^package (?:final |indirect |static )*(?:func|struct|enum|protocol|class|actor)\b/
        for file in SourceFile.sources where file.target == target {
            for index in file.lines(holding: "package ", matching: declaration) where !file.lines[index].hasSuffix("{}")
            {
                let above = file.lines[..<index].reversed().first { !$0.hasPrefix("@") } ?? ""
                #expect(above.hasPrefix("///"), "\(file.place(index)) has no ///")
            }
        }
    }
}
