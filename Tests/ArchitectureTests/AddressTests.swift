import Testing

/// An address that is written twice breaks when a page moves, and one of another slice also when that slice is taken away:
/// whoever leads there asks its `…Links`.
@Suite struct `Addresses belong to the slice whose pages they open` {
    /// What each slice's addresses begin with.
    private static let owners: [(slice: String, beginnings: [String])] = [
        ("Agencies", ["/co-quan", "/work/calendar", "/work/orders", "/api/v1/agencies"]),
        ("Catalogue", ["/thu-tuc", "/api/v1/procedures"]),
        (
            "Accounts",
            [
                "/sign-in", "/sign-up", "/sign-out", "/tai-khoan", "/work/account", "/work/new-password",
                "/work/sign-in",
                "/work/sign-out", "/work/staff", "/api/v1/accounts", "/api/v1/sessions", "/api/v1/me",
            ]
        ),
        (
            "Dossiers",
            [
                "/ho-so", "/nhap", "/nop", "/tra-cuu", "/work/dossiers", "/work/inbox", "/work/intake", "/work/many",
                "/work/papers", "/work/search", "/api/v1/dossiers", "/api/v1/drafts", "/api/v1/look-ups",
                "/api/v1/work",
            ]
        ),
        ("Staffing", ["/work/absences", "/work/assignment", "/work/held", "/work/numbering"]),
        ("Scanning", ["/work/scan"]),
        ("Registers", ["/work/board", "/work/register"]),
        ("DossierNews", ["/work/untold"]),
        (
            "OneStop",
            [
                "/bang", "/dat-lich", "/lich-hen", "/mot-cua", "/phieu", "/quay", "/v", "/work/appointments",
                "/work/counter", "/work/door", "/work/office", "/work/priority", "/work/tickets", "/work/triage",
            ]
        ),
    ]

    /// What stands in every frame, whichever slice answers; and a path of the machine, which is no address.
    private static let everybodys: Set<String> = ["/work", "/kept", "/usr/bin/env"]

    /// An address of ours in code, with the line it stands in.
    private struct Written {
        let place: String
        let address: String
        let target: String
    }

    private static let written: [Written] = SourceFile.sources.filter { file in
        // The foundation writes down where a dossier is opened, for all who lead there.
        owners.contains { $0.slice == file.target }
            || ["DossierCore", "PrintedPapers", "DueDates"].contains(file.target)
    }.flatMap { file in
        file.lines(holding: "\"/").flatMap { index in
            file.code(index).matches(of: /"(\/[a-z][^"\\?# ]*)/).map {
                Written(place: file.place(index), address: String($0.1), target: file.target)
            }
        }
    }

    private static func owner(of address: String) -> String? {
        owners.first { owner in
            owner.beginnings.contains { beginning in
                guard address.hasPrefix(beginning) else { return false }
                let next = address.dropFirst(beginning.count).first
                return next == nil || next == "/" || next == "."
            }
        }?.slice
    }

    @Test func `there are addresses to speak about`() {
        #expect(Self.written.count > 150)
        #expect(Self.owner(of: "/work/register.csv") == "Registers")
        #expect(Self.owner(of: "/work/officers") == nil)
    }

    @Test func `no slice writes the address of another as text`() {
        for written in Self.written where !Self.everybodys.contains(written.address) {
            guard let owner = Self.owner(of: written.address) else {
                Issue.record("\(written.place): nobody is named here whose address \(written.address) is")
                continue
            }
            if written.target == "DossierCore", owner == "Dossiers" { continue }
            #expect(owner == written.target, "\(written.place): \(written.address) is an address of \(owner)")
        }
    }
}
