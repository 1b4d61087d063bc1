import Testing

@Suite struct `Dependencies point one way` {
    /// What each target may import of ours; slices are those that are not named here.
    private static let foundations: [String: Set<String>] = [
        "Kernel": [],
        "Markup": [],
        "Persistence": ["Kernel", "CPostgres"],
        "Documents": ["Kernel", "CPango", "CQRencode"],
        "Scans": ["Kernel", "Persistence"],
        "Quarantine": ["Kernel", "Scans", "CPoppler"],
        "Spreadsheets": ["Kernel", "CZlib"],
        "Web": ["Kernel", "Markup", "Persistence"],
        "Forecasting": ["Kernel", "Web"],
        "HallPlan": ["Markup", "Web"],
        "Outgoing": ["Persistence"],
        "Agencies": ["Kernel", "Markup", "Persistence", "Web"],
        "Catalogue": ["Kernel", "Markup", "Persistence", "Web"],
        "DossierCore": ["Agencies", "Catalogue", "Kernel", "Markup", "Persistence", "Scans", "Web"],
        "PrintedPapers": ["Agencies", "Catalogue", "Documents", "DossierCore", "Kernel", "Persistence", "Web"],
        "Testing": ["Kernel", "Persistence", "Web"],
    ]
    /// The slices that are about dossiers; what they stand on is nobody else's.
    private static let aboutDossiers: Set<String> = [
        "Dossiers", "Staffing", "Scanning", "Registers", "DueDates", "DossierNews",
    ]
    private static let ofDossiers: Set<String> = ["DossierCore", "PrintedPapers"]
    /// What every slice may import.
    private static let common = Set(foundations.keys).subtracting(["Testing", "Quarantine"])
    /// Those who may see everything: the composition root and the sentences between slices.
    private static let composers: Set<String> = ["Server", "Reactions"]
    private static let ours = Set(SourceFile.sources.map(\.target)).union(["TestSupport"])
    private static let slices = ours.subtracting(foundations.keys).subtracting(composers)
        .subtracting(["TestSupport"]).filter { !$0.hasPrefix("C") || $0 == "Catalogue" }

    @Test func `there are sources to speak about`() {
        #expect(SourceFile.sources.count > 100)
        #expect(Self.slices.isSuperset(of: Self.aboutDossiers.union(["Accounts", "Notifications", "OneStop"])))
        #expect(Self.slices.isDisjoint(with: Self.ofDossiers))
    }

    @Test func `nobody imports what lies beside or above`() {
        for file in SourceFile.sources where !Self.composers.contains(file.target) {
            let common =
                Self.aboutDossiers.contains(file.target) ? Self.common : Self.common.subtracting(Self.ofDossiers)
            let allowed = Self.foundations[file.target] ?? common
            for (module, line) in file.imports where Self.ours.contains(module) || module.hasPrefix("CP") {
                #expect(
                    allowed.contains(module),
                    "\(file.path):\(line) imports \(module), which \(file.target) may not know"
                )
            }
        }
    }

    @Test func `no slice imports another`() {
        for file in SourceFile.sources where Self.slices.contains(file.target) {
            for (module, line) in file.imports where Self.slices.contains(module) {
                Issue.record("\(file.path):\(line): the slice \(file.target) imports the slice \(module)")
            }
        }
    }

    @Test func `what the slices about dossiers stand on has no routes, no pages and no card`() {
        for file in SourceFile.sources where Self.ofDossiers.contains(file.target) {
            for index in file.lines(holding: "RouterMethods", "RouterGroup", ": Slice", " page(") {
                Issue.record("\(file.place(index)) belongs into a slice")
            }
        }
        #expect(SourceFile.sources.contains { $0.target == "Staffing" && !$0.lines(holding: " page(").isEmpty })
    }

    /// A slice says what somebody has to be told, and not in which words.
    @Test func `nobody but Notifications words a message or hands one to a gateway`() {
        for file in SourceFile.sources where file.target != "Notifications" {
            for index in file.lines(holding: "ShortMessage(", "topic: \"sms\"", "topic: \"notice\"") {
                Issue.record("\(file.place(index)) sends a message itself")
            }
        }
        #expect(SourceFile.sources.contains { !$0.lines(holding: "ShortMessage(").isEmpty })
    }

    /// A library written in C that reads a stranger's file may be taken over by it; the process that it can harm is made
    /// for that one file.
    @Test func `strangers' files are opened in a child process only`() {
        let libraries = ["CPoppler", "CTurboJPEG", "CZBar", "CQPDF"]
        for file in SourceFile.sources where file.target != "Quarantine" {
            for (module, line) in file.imports where libraries.contains(module) {
                Issue.record("\(file.path):\(line) imports \(module), which only Quarantine may")
            }
            for (module, line) in file.imports where module == "Quarantine" {
                #expect(
                    file.path == "Sources/Server/Commands/ReadFile.swift",
                    "\(file.path):\(line) opens strangers' files in the server"
                )
            }
        }
        #expect(
            SourceFile.sources.contains { $0.target == "Quarantine" && $0.imports.contains { $0.module == "CPoppler" } }
        )
    }

    @Test func `nobody but tests imports what is made for tests`() {
        for file in SourceFile.sources {
            for (module, line) in file.imports where module == "TestSupport" {
                Issue.record("\(file.path):\(line) imports TestSupport")
            }
        }
    }

    @Test(arguments: ["Kernel", "Markup"])
    func `the innermost targets read no disk, no network and no clock`(target: String) {
        for file in SourceFile.sources where file.target == target {
            let worldly = file.lines(
                holding: "FileManager",
                "FileHandle",
                "URLSession",
                "contentsOfFile",
                "ProcessInfo",
                "Process(",
                "fopen",
                "Bundle.",
                "UserDefaults",
                "Date()",
                "Date.now",
                "ContinuousClock",
                "print("
            )
            for index in worldly { Issue.record("\(file.place(index)) touches the world") }
            for (module, line) in file.imports {
                #expect(
                    ["Foundation", "FoundationEssentials", "Synchronization"].contains(module)
                        || Self.ours.contains(module),
                    "\(file.path):\(line) imports \(module)"
                )
            }
        }
    }
}
