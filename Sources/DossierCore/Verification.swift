package import Kernel
package import Persistence

/// The first difference between a dossier's rows and what its history says.
package struct RowDifference: Error, Sendable, CustomStringConvertible {
    package let dossier: ID<Dossier>
    package let what: String
    package var description: String { "dossier \(dossier.rawValue): \(what)" }
}

extension DossierBook {
    /// Computes every row again from the log and the texts, and answers the differences, at most `limit`.
    ///
    /// The name of the procedure is the one that the catalogue had at filing. No event repeats it and the catalogue may
    /// have another by now, so it is taken as it stands in the row; the code beside it is compared. `progress` is told
    /// how many dossiers were compared.
    package func verify(
        limit: Int = 20,
        progress: @Sendable (Int) -> Void = { _ in }
    ) async throws -> (compared: Int, differences: [RowDifference]) {
        var differences: [RowDifference] = []
        var last: ID<Dossier>?
        var compared = 0
        while differences.count < limit {
            let (next, found) = try await verifyNext(after: last)
            guard let end = next.last else { break }
            last = end
            compared += next.count
            differences += found
            progress(compared)
        }
        if differences.count < limit { differences += try await strayRows(limit: limit - differences.count) }
        return (compared, Array(differences.prefix(limit)))
    }

    private func verifyNext(after last: ID<Dossier>?) async throws
        -> (streams: [ID<Dossier>], differences: [RowDifference])
    {
        try await database.read { tx in
            let streams = try events.streams(of: Dossier.self, after: last, limit: 200, in: tx)
            var differences: [RowDifference] = []
            for id in streams {
                if let what = try difference(of: id, in: tx) {
                    differences.append(RowDifference(dossier: id, what: what))
                }
            }
            return (streams, differences)
        }
    }

    private func difference(of id: ID<Dossier>, in tx: borrowing Transaction) throws -> String? {
        let history: [Recorded<Dossier.Event>] = try events.history(of: id, in: tx)
        let stored = try tx.fetch(
            "SELECT \(DossierRow.columns), d.box, d.open_due, \(Registered.columns) FROM dossier d WHERE d.id = \(id)"
        ).first
        guard let stored else { return "its row is missing" }
        let row = try DossierRow(stored)
        let texts = try DossierTexts.all(of: id, in: tx)
        if let fault = difference(between: texts, and: history) { return fault }
        if let fault = try difference(ofFiles: history, id, in: tx) { return fault }
        let answers = Dossier(replaying: history.map(\.event)).content.flatMap { texts[$0.text]?.body }
        guard
            let expected = DossierRow(
                of: id,
                history,
                // A text erased by law cannot be compared; the name in the row is then all there is.
                applicantName: answers.flatMap(DossierTexts.applicantName) ?? row.applicantName,
                procedureName: row.procedureName
            )
        else { return "its history does not begin with a filing" }
        if let fault = row.difference(from: expected) { return fault }
        guard try stored.text(DossierRow.width) == expected.stage.box.rawValue else {
            return "it stands in the wrong list"
        }
        let openDue = DossierRow.openDue(expected.stage, expected.dueAt)?.milliseconds
        guard try stored.optionalInt(DossierRow.width + 1) == openDue else {
            return "it is due in the lists at another time"
        }
        let registered = try Registered(stored, from: DossierRow.width + 2)
        let known = Registered(
            // As with the name: what was erased cannot be compared.
            phone: answers == nil ? registered.phone : answers.flatMap(DossierTexts.applicantPhone),
            address: answers == nil ? registered.address : answers.flatMap(DossierTexts.applicantAddress),
            history
        )
        if let fault = registered.difference(from: known) { return fault }
        if let fault = try difference(ofNumbers: history, id, in: tx) { return fault }
        if let fault = try DossierIdentities.difference(of: id, agency: expected.agency, answers: answers, in: tx) {
            return fault
        }
        if let fault = try OpinionRows.difference(from: history, of: id, in: tx) { return fault }
        return try difference(ofWords: expected, phone: answers.flatMap(DossierTexts.applicantPhone), in: tx)
    }

    /// Texts are erased by law, never altered: one that is there must be the one that was sealed.
    private func difference(
        between texts: [ID<DossierText>: DossierTexts.Stored],
        and history: [Recorded<Dossier.Event>]
    ) -> String? {
        for recorded in history {
            for sealed in recorded.event.happening.texts {
                guard let text = texts[sealed.text], !text.matches(sealed) else { continue }
                return "a text of version \(recorded.version) is not the one that was written"
            }
        }
        return nil
    }

    private func difference(
        ofFiles history: [Recorded<Dossier.Event>],
        _ id: ID<Dossier>,
        in tx: borrowing Transaction
    ) throws -> String? {
        let stored = Dictionary(
            try Attachments.of(dossier: id, in: tx).map { ($0.id, $0.reference) },
            uniquingKeysWith: { first, _ in first }
        )
        for recorded in history {
            for file in recorded.event.happening.files where stored[file.attachment] != file {
                return "the row of file \(file.attachment.rawValue) is missing or another"
            }
        }
        return nil
    }

    /// Every number that the dossier's results have had stands in its series for this dossier, and no other does.
    private func difference(
        ofNumbers history: [Recorded<Dossier.Event>],
        _ id: ID<Dossier>,
        in tx: borrowing Transaction
    ) throws -> String? {
        // A number may be named again, for whoever has signed the result anew.
        let issued = Set(
            history.compactMap { recorded -> String? in
                guard case .result(.issued(let number, let date, _)) = recorded.event else { return nil }
                return "\(number) \(date.civil.year)"
            }
        )
        let stored = try staff.numbers(of: id, in: tx).map { "\($0.number) \($0.year)" }
        return issued.sorted() == stored.sorted() ? nil : "its result stands in the number series in another way"
    }

    private func difference(ofWords row: DossierRow, phone: String?, in tx: borrowing Transaction) throws -> String? {
        let stored = try tx.fetch("SELECT agency, word FROM dossier_word WHERE dossier = \(row.id)")
        guard try stored.allSatisfy({ try $0.text(0) == row.agency.rawValue }) else {
            return "it would be found in another agency"
        }
        let words = Set(try stored.map { try $0.text(1) })
        let expected = DossierWords.of(name: row.applicantName, code: row.code, phone: phone)
        // Without its answers the telephone is unknown.
        let isRight = phone == nil ? words.isSuperset(of: expected) : words == expected
        return isRight ? nil : "it would be found by other words"
    }

    /// Rows that no history tells of, put in by another hand.
    private func strayRows(limit: Int) async throws -> [RowDifference] {
        try await database.read { tx in
            try tx.fetch(
                """
                SELECT d.id FROM dossier d WHERE NOT EXISTS (
                    SELECT 1 FROM event e WHERE e.stream = \(Dossier.category) || d.id AND e.version = 1
                ) ORDER BY d.id LIMIT \(limit)
                """
            ).map { RowDifference(dossier: ID(rawValue: try $0.text(0)), what: "its row has no history") }
        }
    }

    /// Dossiers in the log and in the rows; the two are the same unless a row was put in by another hand.
    package func counts() async throws -> (streams: Int, rows: Int) {
        try await database.read { tx in
            (try Self.count(in: tx), try tx.fetch("SELECT COUNT(*) FROM dossier").first?.int(0) ?? 0)
        }
    }
}

extension DossierRow {
    /// The first column in which this row is not `expected`.
    fileprivate func difference(from expected: DossierRow) -> String? {
        func differ<Value: Equatable>(_ name: String, _ stored: Value, _ right: Value) -> String? {
            stored == right ? nil : "\(name) is \(stored), should be \(right)"
        }
        let differences: [String?] = [
            differ("code", code, expected.code), differ("version", version, expected.version),
            differ("procedure", procedureCode, expected.procedureCode), differ("agency", agency, expected.agency),
            differ("channel", channel, expected.channel), differ("return method", returnBy, expected.returnBy),
            differ("applicant", applicant, expected.applicant),
            // Names are personal: the difference is told, the names are not.
            applicantName == expected.applicantName ? nil : "the applicant's name is another",
            differ("stage", stage, expected.stage), differ("role", role, expected.role),
            differ("holder", holder, expected.holder),
            differ("withdrawal asked", withdrawalIsAsked, expected.withdrawalIsAsked),
            differ("filed at", filedAt, expected.filedAt), differ("due at", dueAt, expected.dueAt),
            differ("updated at", updatedAt, expected.updatedAt),
            differ("finished at", finishedAt, expected.finishedAt),
            differ("first answer due", firstAnswerDue, expected.firstAnswerDue),
            differ("standing", standing, expected.standing),
            prepared == expected.prepared ? nil : "it stands in the lists with another result",
        ]
        return differences.compactMap(\.self).first
    }
}

extension DossierBook {
    /// Reads every file that drafts and dossiers have, and compares its content with its digest.
    package func verifyFiles(in blobs: BlobStore) async throws -> (count: Int, faults: [String]) {
        try await blobs.verify { last in
            try await database.read { tx in try Self.files(after: last, limit: 500, in: tx) }
        }
    }

    /// The next files, in order of their digests, that drafts and dossiers have.
    package static func files(after last: String, limit: Int, in tx: borrowing Transaction) throws -> [BlobDigest] {
        try tx.fetch(
            "SELECT DISTINCT digest FROM attachment WHERE digest > \(last) ORDER BY digest LIMIT \(limit)"
        ).compactMap { BlobDigest(rawValue: try $0.text(0)) }
    }

    /// How many dossiers the log tells of.
    package static func count(in tx: borrowing Transaction) throws -> Int {
        try tx.fetch(
            """
            SELECT COUNT(*) FROM event
            WHERE version = 1 AND stream > \(Dossier.category) AND stream < \(Dossier.category + "\u{10FFFF}")
            """
        ).first?.int(0) ?? 0
    }
}

extension DossierBook {
    /// Whose running sums of what is not handed in yet are not what their files add up to.
    package func verifyUnsent() async throws -> [String] {
        try await database.read { tx in try Unsent.differences(in: tx) }
    }
}

extension BlobStore {
    /// Reads the files that `next` names, those after a digest in order, and compares each content with its digest.
    package func verify(_ next: (String) async throws -> [BlobDigest]) async throws -> (count: Int, faults: [String]) {
        var faults: [String] = []
        var count = 0
        var last = ""
        while true {
            let digests = try await next(last)
            guard let end = digests.last else { return (count, faults) }
            for digest in digests {
                count += 1
                do {
                    if try await !isIntact(digest) { faults.append("file \(digest.rawValue): its content is another") }
                } catch is NoSuchBlob {
                    faults.append("file \(digest.rawValue): it is missing")
                }
                if faults.count >= 20 { return (count, faults) }
            }
            last = end.rawValue
        }
    }
}
