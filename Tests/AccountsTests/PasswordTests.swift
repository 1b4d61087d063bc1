import Crypto
import Foundation
import Kernel
import Synchronization
import Testing

@testable import Accounts

struct PasswordTests {
    let cheap = PasswordHasher(cost: House.cheap)

    @Test(
        arguments: [
            ("", .missing), ("   ", .missing), ("1234567", .short), ("mèo cây", .short),
            (String(repeating: "ă", count: 600), .long), ("12345678", .common), ("Password123", .common),
            ("Mật khẩu 123", .common), ("anh yêu em", .common), ("aaaaaaaaaa", .common), ("abcabcabc", .common),
            ("98765432", .common), ("0912345678", .login), ("0912 345 678", .login), ("+84912345678", .login),
            ("nguyễn thị lan", .login), ("NguyenThiLan", .login), ("lan@example.vn", .login),
        ] as [(String, PasswordRule.Fault)]
    )
    func `a password that is easily guessed is refused`(typed: String, fault: PasswordRule.Fault) {
        let lan = Contact(
            name: PersonName(rawValue: "Nguyễn Thị Lan")!,
            phone: PhoneNumber(rawValue: "0912345678"),
            email: EmailAddress(rawValue: "lan@example.vn")
        )
        #expect(PasswordRule.fault(in: typed, logins: lan.logins) == fault)
    }

    @Test(arguments: ["con mèo leo cây", "xe đạp tím", "kjhqwekj", "日本語のパスワード", "🐈🐈🐈🐈🐕🐈🐈🐕🐕"])
    func `any other long enough password will do`(typed: String) {
        #expect(PasswordRule.fault(in: typed, logins: ["0912345678"]) == nil)
    }

    @Test
    func `the right password matches, whichever way its accents were typed`() async throws {
        let hash = try await cheap.hash(Password("mèo già")!)
        let stored = PasswordHash(rawValue: hash.rawValue)
        #expect(try await cheap.matches(Password("me\u{300}o gia\u{300}")!, stored))
        #expect(try await !cheap.matches(Password("mèo gia")!, stored))
        #expect(try await !cheap.matches(Password("mèo già")!, nil))
    }

    @Test
    func `the standard cost fits into the memory that is allowed for it`() async throws {
        let hasher = PasswordHasher()
        let hash = try await hasher.hash(Password("một mật khẩu")!)
        #expect(hash.rawValue.hasPrefix("$scrypt$ln=15,r=8,p=3$"))
        #expect(try await hasher.matches(Password("một mật khẩu")!, hash))
    }

    /// Hashes outlive the code: whoever breaks this locks everybody out.
    @Test
    func `a stored hash is read as it was always written`() async throws {
        let stored = "$scrypt$ln=3,r=1,p=1$c2FsdHNhbHRzYWx0c2FsdA==$HsIfytY0nUaNfw7eXwSXeNXX0zLJU1WCsxaQGwQ0dvM="
        let hash = try #require(PasswordHash(rawValue: stored))
        #expect(hash.rawValue == stored)
        #expect(try await cheap.matches(Password("mèo già")!, hash))
    }

    @Test(
        arguments: [
            "", "plain", "$scrypt$$$", "$scrypt$ln=40,r=8,p=1$c2FsdA==$AA==", "$scrypt$ln=3,r=1$c2FsdA==$AA==",
            "$bcrypt$ln=3,r=1,p=1$c2FsdA==$AA==",
        ]
    )
    func `a damaged hash is not read at all`(stored: String) {
        #expect(PasswordHash(rawValue: stored) == nil)
    }

    @Test
    func `a password is not printed`() {
        let password = Password("bí mật của tôi")!
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!"\(password) \(String(reflecting: password)) \(dumped)".contains("bí mật"))
    }

    @Test
    func `a leaked password is found on the operator's list, and no other`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "leaked-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(atPath: folder) } }
        func list(_ lines: [String], _ end: String) throws -> String {
            let path = "\(folder)/\(UUID().uuidString)"
            try Data(lines.map { $0 + end }.joined().utf8).write(to: URL(filePath: path))
            return path
        }
        let words = (0..<400).map { "leaked word \($0)" }
        let hashes = words.map { word in
            Insecure.SHA1.hash(data: Data(word.utf8)).map { String(format: "%02X", $0) }.joined()
        }.sorted()
        let counted = hashes.enumerated().map { "\($1):\($0 * 7919 % 100_000)" }
        for path in [try list(hashes, "\n"), try list(counted, "\r\n"), try list([hashes[7]], "\n")] {
            let leaked = try LeakedPasswords(path: path)
            let found = words.filter { leaked.contains($0) }
            #expect(
                found.count
                    == (try String(contentsOfFile: path, encoding: .utf8)).split(whereSeparator: \.isNewline).count
            )
            #expect(!leaked.contains("con mèo leo cây"))
        }
        let all = try LeakedPasswords(path: try list(hashes, "\n"))
        #expect(PasswordRule.fault(in: "leaked word 17", logins: [], leaked: all) == .leaked)
        #expect(PasswordRule.fault(in: "unleaked word 17", logins: [], leaked: all) == nil)
        for bad in [["password"], hashes.reversed(), []] {
            let path = try list(bad, "\n")
            #expect(throws: LeakedPasswords.Unreadable.self) { try LeakedPasswords(path: path) }
        }
        #expect(throws: LeakedPasswords.Unreadable.self) { try LeakedPasswords(path: "\(folder)/none") }
    }

    /// Who had their turn, in order.
    final class Order: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock(\.self) }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test
    func `who asks for many hashes waits for them, and the next person does not`() async throws {
        let turns = FairTurns(atOnce: 1, share: 3)
        let order = Order()
        let (gate, opener) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await turns.take("first") { for await _ in gate {} } }
            while !turns.isBusy { await Task.yield() }
            for address in ["many", "many", "many", "newcomer"] {
                let before = turns.waiting
                group.addTask { try await turns.take(address) { order.add(address) } }
                while turns.waiting == before { await Task.yield() }
            }
            await #expect(throws: TooBusy.self, "a fourth is beyond the share") { try await turns.take("many") {} }
            opener.finish()
            try await group.waitForAll()
        }
        #expect(order.all == ["many", "newcomer", "many", "many"])
        #expect(!turns.isBusy)
    }

    @Test
    func `one-time passwords differ and pass the rule`() {
        let passwords = (0..<100).map { _ in Password.oneTime().text }
        #expect(Set(passwords).count == 100)
        #expect(passwords.allSatisfy { PasswordRule.fault(in: $0, logins: []) == nil })
    }
}
