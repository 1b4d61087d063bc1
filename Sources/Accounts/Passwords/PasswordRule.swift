import Kernel

/// Which passwords are good enough: long enough, not on everybody's list or a thief's, not the name under which one signs in.
///
/// There is no rule about kinds of characters: such rules make people write passwords down and do not make them
/// harder to guess (NIST SP 800-63B, 3.1.1.2).
enum PasswordRule {
    enum Fault: Equatable { case missing, short, long, common, login, leaked }

    static let shortest = 8

    /// Nil when `typed` will do. `logins` are the names, numbers and addresses that strangers may know.
    static func fault(in typed: String, logins: [String], leaked: LeakedPasswords? = nil) -> Fault? {
        let text = typed.tidied
        if text.isEmpty { return .missing }
        if text.count < shortest { return .short }
        if text.utf8.count > 1024 { return .long }
        let bare = bare(text)
        if logins.contains(where: { text == $0 || !bare.isEmpty && bare == self.bare($0) }) { return .login }
        if isCommon(text.lowercased()) || isCommon(bare) { return .common }
        return leaked?.contains(text) == true ? .leaked : nil
    }

    private static func bare(_ text: String) -> String { text.folded.filter { $0 != " " } }

    private static func isCommon(_ text: String) -> Bool {
        commonPasswords.contains(text) || isRepetition(text) || isRun(text)
    }

    /// `aaaaaaaa`, `12121212`, `abcabcabc`.
    private static func isRepetition(_ text: String) -> Bool {
        let letters = Array(text)
        return (1...4).contains { period in
            letters.count >= 2 * period
                && letters.indices.dropFirst(period).allSatisfy { letters[$0] == letters[$0 - period] }
        }
    }

    /// `23456789`, `98765432`, `abcdefgh`.
    private static func isRun(_ text: String) -> Bool {
        let bytes = text.utf8.map(Int.init)
        let steps = Set(zip(bytes, bytes.dropFirst()).map { $1 - $0 })
        return steps.count == 1 && [1, -1].contains(steps.first)
    }
}
