import Accounts
import Agencies
import ArgumentParser
import Foundation
import Kernel
import Persistence
import Web

/// Officers' accounts from the command line: the first administrator, and the second person where there is no second
/// administrator.
struct StaffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "staff",
        abstract: "Officers' accounts: the first administrator, forgotten passwords, and who may do what.",
        discussion: """
            Everything is recorded as done by the operator of the system. One-time passwords are printed once, work for \
            7 days and have to be changed at the first sign-in.
            """,
        subcommands: [Add.self, List.self, Disable.self, Enable.self, Reset.self, Confirm.self, Refuse.self]
    )

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open an account, and print its one-time password.",
            discussion: "Roles: \(Role.allCases.map(\.rawValue).joined(separator: ", "))."
        )

        private struct Added: Encodable {
            let userName: String
            let agency: String
            let roles: [String]
            let oneTimePassword: String
            let validUntil: String
        }

        @OptionGroup var output: Output
        @Option(help: "What the officer signs in with, such as lan.nguyen.") var userName: String
        @Option(help: "The full name.") var name: String
        @Option(help: "The agency, by its code or its name in the system.") var agency: String
        @Flag(help: "May keep the accounts of the agency's officers.") var admin = false
        @Option(name: .customLong("role"), help: "What the officer does; may be given several times.")
        var roles: [String] = []

        func run() async throws {
            guard let login = UserName(rawValue: userName) else {
                throw Settings.Unusable(
                    description: "--user-name \(userName): 3 to 60 letters without accents, digits or . - _ @"
                )
            }
            guard let person = PersonName(rawValue: name) else {
                throw Settings.Unusable(description: "--name \(name): the full name, 2 to 100 letters")
            }
            let chosen = Set(try roles.map(Self.role) + (admin ? [.admin] : []))
            guard !chosen.isEmpty else {
                throw Settings.Unusable(description: "Say what the officer may do: --admin, or --role.")
            }
            let house = try await House(try Settings())
            let agency = try await Self.agency(agency, house)
            let password = Password.oneTime()
            let act = StaffCommand.circumstances(house)
            do {
                try await house.accounts.staff.add(
                    login,
                    person,
                    to: agency.id,
                    chosen,
                    password: password,
                    isOneTime: true,
                    act
                )
            } catch is UserNameTaken {
                throw Settings.Unusable(description: "The user name \(login.rawValue) is taken: motcua staff list")
            }
            await house.database.close()
            let added = Added(
                userName: login.rawValue,
                agency: agency.id.rawValue,
                roles: chosen.map(\.rawValue).sorted(),
                oneTimePassword: password.shownOnce,
                validUntil: (act.at + .oneTimePassword).localMinute.rawValue
            )
            try report(added, json: output.json) { added in
                """
                \(person.rawValue) serves in \(agency.name.vi) as \(added.roles.joined(separator: ", ")).
                One-time password of \(added.userName), shown this once: \(added.oneTimePassword)
                It works until \(added.validUntil) and is replaced at /work/new-password.
                """
            }
        }

        private static func role(_ text: String) throws -> Role {
            guard let role = Role(rawValue: text) else {
                throw Settings.Unusable(
                    description: "--role \(text) is none of \(Role.allCases.map(\.rawValue).joined(separator: ", "))"
                )
            }
            return role
        }

        private static func agency(_ text: String, _ house: House) async throws -> AgencyProfile {
            let tree = try await house.agencies.tree()
            if let agency = tree[ID(rawValue: text)] ?? tree.agency(code: text) { return agency }
            throw Settings.Unusable(
                description: tree.isEmpty
                    ? """
                    There are no agencies yet. Describe yours as Authorities/hanoi-2021.yaml does, then: motcua agencies \
                    load FILE (agency codes and administrative units come with motcua agencies import FOLDER)
                    """
                    : """
                    There is no agency \(text). Codes stand on the pages below /co-quan; another one is added by: \
                    motcua agencies load FILE
                    """
            )
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Who has an account, where and as what.")

        private struct Line: Encodable {
            let userName: String
            let name: String
            let state: String
            let posts: [String: [String]]
            let waiting: [String]
        }

        @OptionGroup var output: Output

        func run() async throws {
            let house = try await House(try Settings())
            let lines = try await house.accounts.staff.everybody().map { officer in
                Line(
                    userName: officer.userName,
                    name: officer.name,
                    state: officer.isDisabled
                        ? "disabled" : officer.hasOneTimePassword ? "one-time password" : "active",
                    posts: Dictionary(
                        officer.posts.map { ($0.key.rawValue, $0.value.map(\.rawValue).sorted()) },
                        uniquingKeysWith: { first, _ in first }
                    ),
                    waiting: officer.waiting.map(\.en)
                )
            }
            await house.database.close()
            try report(lines, json: output.json) { lines in
                guard !lines.isEmpty else { return "Nobody has an officer's account: motcua staff add --help" }
                return lines.map { line in
                    let posts = line.posts.sorted { $0.key < $1.key }
                        .map { "\($0.key): \($0.value.joined(separator: ", "))" }
                    let waiting = line.waiting.map { "waits to be confirmed: \($0)" }
                    return (["\(line.userName)  \(line.name)  [\(line.state)]"] + (posts + waiting).map { "    \($0)" })
                        .joined(separator: "\n")
                }.joined(separator: "\n")
            }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Close an account; its sessions end at once.")
        @OptionGroup var output: Output
        @Argument(help: "The user name.") var userName: String

        func run() async throws {
            try await StaffCommand.act(on: userName, output) { staff, officer, act in
                try await staff.set(disabled: true, officer, in: ID(rawValue: ""), act)
                return Done(userName: userName, done: "disabled")
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Open an account that was closed.")
        @OptionGroup var output: Output
        @Argument(help: "The user name.") var userName: String

        func run() async throws {
            try await StaffCommand.act(on: userName, output) { staff, officer, act in
                try await staff.set(disabled: false, officer, in: ID(rawValue: ""), act)
                return Done(userName: userName, done: "enabled")
            }
        }
    }

    struct Reset: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replace a forgotten password by a one-time password, printed once."
        )
        @OptionGroup var output: Output
        @Argument(help: "The user name.") var userName: String

        func run() async throws {
            try await StaffCommand.act(on: userName, output) { staff, officer, act in
                let password = try await staff.resetPassword(of: officer, in: ID(rawValue: ""), act)
                return Done(userName: userName, done: "reset", oneTimePassword: password?.shownOnce)
            }
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm, as the second person, what administrators have proposed about an officer.",
            discussion: "What waits for the officer's own word is left to the officer."
        )
        @OptionGroup var output: Output
        @Argument(help: "The user name.") var userName: String

        func run() async throws {
            try await StaffCommand.act(on: userName, output) { staff, officer, act in
                let (answered, password) = try await staff.answer(true, on: officer, act)
                return Done(
                    userName: userName,
                    done: "confirmed",
                    answered.map(\.en),
                    oneTimePassword: password?.shownOnce
                )
            }
        }
    }

    struct Refuse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Refuse what administrators have proposed about an officer."
        )
        @OptionGroup var output: Output
        @Argument(help: "The user name.") var userName: String

        func run() async throws {
            try await StaffCommand.act(on: userName, output) { staff, officer, act in
                let (answered, _) = try await staff.answer(false, on: officer, act)
                return Done(userName: userName, done: "refused", answered.map(\.en))
            }
        }
    }

    private struct Done: Encodable {
        let userName: String
        let done: String
        let what: [String]?
        let oneTimePassword: String?

        init(userName: String, done: String, _ what: [String]? = nil, oneTimePassword: String? = nil) {
            (self.userName, self.done, self.what, self.oneTimePassword) = (userName, done, what, oneTimePassword)
        }
    }

    private static func circumstances(_ house: House) -> Circumstances {
        Circumstances(at: house.office.now, actor: .system(name: .commandLine))
    }

    private static func act(
        on userName: String,
        _ output: Output,
        _ work: (StaffBook, ID<Officer>, Circumstances) async throws -> Done
    ) async throws {
        let house = try await House(try Settings())
        let staff = house.accounts.staff
        guard let login = UserName(rawValue: userName), let officer = try await staff.officer(login) else {
            throw Settings.Unusable(description: "Nobody signs in as \(userName): motcua staff list")
        }
        let done = try await work(staff, officer, circumstances(house))
        await house.database.close()
        try report(done, json: output.json) { done in
            let what = done.what.map { $0.isEmpty ? ": nothing was waiting" : ": \($0.joined(separator: "; "))" } ?? ""
            let password = done.oneTimePassword.map {
                "\nOne-time password, shown this once: \($0)\nIt works for 7 days and is replaced at /work/new-password."
            }
            return "\(done.userName) – \(done.done)\(what)\(password ?? "")"
        }
    }
}

extension Machine {
    fileprivate static let commandLine = Machine(rawValue: "command line")
}
