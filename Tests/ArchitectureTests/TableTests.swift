import Testing

/// Whoever writes a table keeps what it says true; a second writer would not know of the rules of the first.
@Suite struct `Tables belong to one target` {
    /// The slices whose tables the migration of 0.2 makes, which stands whole in `DossierCore` because it was released.
    private static let released = [
        "absence": "Staffing", "assignment_rule": "Staffing", "officer_turn": "Staffing", "number_pattern": "Staffing",
        "issue_series": "Staffing", "issued_result": "Staffing", "scan_batch": "Scanning", "scan_part": "Scanning",
        "pile_use": "Scanning", "paper_on_file": "Scanning", "dossier_tally": "Registers", "recount": "DueDates",
    ]
    /// What these keep, those who stand on them may read.
    private static let foundations: Set<String> = ["Persistence", "Agencies", "Catalogue", "DossierCore"]

    private static let owners: [String: String] = {
        var owners: [String: String] = [:]
        for file in SourceFile.sources {
            for index in file.lines(holding: "CREATE TABLE ") {
                for match in file.lines[index].matches(of: /CREATE TABLE (?:IF NOT EXISTS )?(\w+)/) {
                    owners[String(match.output.1)] = file.target
                }
            }
        }
        return owners.merging(released) { _, slice in slice }
    }()

    /// A table that a statement names, and whether it writes there.
    private struct Named {
        let table: String
        let writes: Bool
        let place: String
        let target: String
    }

    private static let named: [Named] = SourceFile.sources.flatMap { file in
        file.lines(holding: "FROM ", "JOIN ", "INTO ", "UPDATE ").flatMap { index in
            file.code(index).matches(of: /\b(DELETE FROM|FROM|JOIN|INTO|UPDATE) ([a-z_]+)\b/).map {
                Named(
                    table: String($0.output.2),
                    writes: !["FROM", "JOIN"].contains($0.output.1),
                    place: file.place(index),
                    target: file.target
                )
            }
        }
    }

    @Test func `there are tables to speak about`() {
        #expect(Self.owners.count > 40)
        #expect(Self.named.count > 200)
        #expect(Self.named.contains { $0.table == "paper_on_file" && $0.writes && $0.target == "Scanning" })
        for table in Self.released.keys {
            #expect(Self.named.contains { $0.table == table }, "no statement names the table \(table)")
        }
    }

    @Test func `statements write tables of their own target, and read those and what foundations keep`() {
        for named in Self.named {
            guard let owner = Self.owners[named.table], owner != named.target else { continue }
            if named.writes {
                Issue.record("\(named.place): writes \(named.table), which \(owner) keeps")
            } else {
                #expect(
                    Self.foundations.contains(owner),
                    "\(named.place): reads \(named.table), which \(owner) keeps"
                )
            }
        }
    }
}
