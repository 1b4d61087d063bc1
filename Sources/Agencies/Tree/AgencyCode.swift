package import Kernel

/// How a code of an agency is built. Both kinds are in use side by side.
package enum CodeScheme: String, Codable, CaseIterable, Sendable {
    /// QCVN 102:2016/BTTTT: four groups, the highest level last: `000.00.19.H26`.
    case qcvn102 = "qcvn-102"
    /// Decision 20/2020/QĐ-TTg, Article 4: the highest level first, at most 35 characters: `H26.19`.
    case decision20 = "qd-20"

    /// The scheme that a code follows; nil for what is no code.
    package init?(of code: String) {
        let groups = code.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        func isRoot(_ group: Substring.UTF8View) -> Bool {
            group.count == 3 && group.first.map { (65...89).contains($0) } == true
                && group.dropFirst().allSatisfy { (48...57).contains($0) }
        }
        func isDigits(_ group: Substring.UTF8View, _ count: Int) -> Bool {
            group.count == count && group.allSatisfy { (48...57).contains($0) }
        }
        if groups.count == 4, isDigits(groups[0], 3), isDigits(groups[1], 2), isDigits(groups[2], 2),
            isRoot(groups[3])
        {
            self = .qcvn102
        } else if code.utf8.count <= 35, isRoot(groups[0]),
            groups.dropFirst().allSatisfy({ group in
                !group.isEmpty && group.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
            })
        {
            self = .decision20
        } else {
            return nil
        }
    }
}

/// How sure we are of a code; the official annexes could not be read.
package enum CodeStatus: String, Codable, CaseIterable, Sendable {
    /// Seen in a source that names code and agency.
    case verified
    /// Fits what is verified.
    case consistent
    /// From memory.
    case assumed
    /// Invented for a demonstration.
    case demonstration
}

/// A code by which other systems know an agency.
package struct AgencyCode: Codable, Hashable, Sendable {
    package let code: String
    package let scheme: CodeScheme
    package let status: CodeStatus
    package let validFrom: LocalDate?
    /// The last day on which it was given out; a dossier keeps it for ever.
    package let validUntil: LocalDate?

    /// Nil for a text that follows neither scheme.
    package init?(
        _ text: String,
        status: CodeStatus,
        validFrom: LocalDate? = nil,
        validUntil: LocalDate? = nil
    ) {
        let code = AgencyCode.tidied(text)
        guard let scheme = CodeScheme(of: code) else { return nil }
        self.code = code
        self.scheme = scheme
        self.status = status
        self.validFrom = validFrom
        self.validUntil = validUntil
    }

    package func isValid(on date: LocalDate) -> Bool {
        (validFrom.map { $0 <= date } ?? true) && (validUntil.map { date <= $0 } ?? true)
    }

    /// Whether there is a day on which both are valid.
    func overlaps(_ other: AgencyCode) -> Bool {
        func isBefore(_ end: LocalDate?, _ start: LocalDate?) -> Bool {
            guard let end, let start else { return false }
            return end < start
        }
        return !isBefore(validUntil, other.validFrom) && !isBefore(other.validUntil, validFrom)
    }

    static func tidied(_ text: String) -> String { text.plainCode.filter { !$0.isWhitespace }.uppercased() }
}

/// A code that a list outside tells us of, whether or not its agency works with us.
package struct KnownCode: Codable, Hashable, Sendable {
    package let code: AgencyCode
    package let name: String
    package let adminUnit: String?
    /// Where the code was seen; empty for one from memory.
    package let evidence: String

    package init(code: AgencyCode, name: String, adminUnit: String?, evidence: String) {
        self.code = code
        self.name = name
        self.adminUnit = adminUnit
        self.evidence = evidence
    }
}
