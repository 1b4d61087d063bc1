import Kernel
import Persistence

/// The texts under which a dossier is found in its agency.
enum DossierWords {
    /// Longer names are found by their beginning.
    private static let longest = 60

    /// Each word of the folded name together with all that follow it, so that "van an" finds "Nguyễn Văn An"; the
    /// code with and without its punctuation; the digits of a telephone number.
    static func of(name: String, code: DossierCode, phone: String?) -> Set<String> {
        let parts = name.folded.split(separator: " ")
        var words = Set(parts.indices.map { String(parts[$0...].joined(separator: " ").prefix(longest)) })
        words.formUnion(self.of(code: code))
        words.formUnion([ending(of: code.rawValue)].compactMap(\.self))
        if let phone, case let digits = phone.filter(\.isNumber), digits.count >= 6 {
            words.insert(digits)
            words.formUnion([ending(of: phone)].compactMap(\.self))
        }
        words.remove("")
        return words
    }

    /// People remember how a number ends. No word of a name begins with the mark before it.
    static func ending(of number: String) -> String? {
        let last = number.utf8.suffix(4)
        return last.count == 4 && last.allSatisfy { (48...57).contains($0) }
            ? "#" + String(decoding: last, as: UTF8.self) : nil
    }

    private static func of(code: DossierCode) -> [String] {
        let parts = code.rawValue.folded.split(separator: " ")
        // "000 00 19 h26 210806 0007": people type the last two parts, or all of it.
        return [parts.joined(), parts.suffix(2).joined()]
    }

    /// The key under which what an officer typed would be found.
    static func key(typed: String) -> String {
        let folded = String(typed.folded.prefix(longest))
        guard folded.contains(where: \.isNumber) else { return folded }
        return folded.replacing(" ", with: "")
    }

    static func insert(_ words: Set<String>, of id: ID<Dossier>, agency: ID<Agency>, in tx: borrowing Transaction)
        throws
    {
        // One statement for all: a round trip each would cost more than the rows.
        var values: SQL = ""
        for (index, word) in words.sorted().enumerated() {
            let row: SQL = "(\(agency), \(word), \(id))"
            values = index == 0 ? row : "\(values), \(row)"
        }
        try tx.execute("INSERT INTO dossier_word (agency, word, dossier) VALUES \(values)")
    }
}
