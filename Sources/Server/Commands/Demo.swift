import Accounts
import Agencies
import ArgumentParser
import Catalogue
import DossierCore
import Foundation
import Kernel
import Persistence
import Web

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Load the demonstration authority and its sign-ins; can be repeated without harm.",
        discussion: """
            The people are invented, and their password is published. An empty database is marked as a demonstration; one \
            that holds anything else is refused, and so is an address that others can reach, unless told twice.
            """
    )

    @OptionGroup var output: Output
    @Flag(help: "Only print the sign-ins.") var show = false
    @Option(help: "Also file this many invented dossiers with the Justice Department of Hà Nội (0…1000000).")
    var dossiers = 0
    @Flag(help: "Load it although MOTCUA_SITE or MOTCUA_HOST can be reached by others; needs --really too.")
    var forEverybody = false
    @Flag(help: "Yes: everybody may sign in with the published password.") var really = false

    func validate() throws {
        guard (0...1_000_000).contains(dossiers) else {
            throw ValidationError("--dossiers must be 0 to 1000000.")
        }
    }

    func run() async throws {
        let settings = try Settings()
        if !show {
            if !(forEverybody && really) { try Demonstration.refuseStrangers(settings) }
            let house = try await House(settings)
            try await Demonstration.begin(in: house)
            try await load(house)
            if dossiers > 0 {
                try await file(house)
                try await DemoOpinions(house: house).ask()
            }
            await house.close()
        }
        let address = "http://\(settings.host):\(settings.port)"
        try report(DemoPeople.signIns(at: address), json: output.json) { signIns in
            (["Demonstration sign-ins (password \(DemoPeople.password)):"]
                + signIns.map {
                    "  \($0.who.padding(toLength: 44, withPad: " ", startingAt: 0)) \($0.login.padding(toLength: 22, withPad: " ", startingAt: 0)) \($0.page)"
                })
                .joined(separator: "\n")
        }
    }

    private func load(_ house: House) async throws {
        say("Agencies …")
        try await house.storeAuthorities()
        say("Accounts …")
        guard let password = Password(DemoPeople.password) else {
            throw Settings.Unusable(description: "The demonstration password breaks the rules for passwords.")
        }
        try await house.accounts.demo(
            citizens: DemoPeople.citizens,
            officers: DemoPeople.officers,
            password: password
        )
        say("One-stop offices and their queues of the last weeks …")
        try await DemoOffices(house: house).load()
        say("\(house.catalogue.current.codes.count) procedures are in the catalogue.")
    }

    private func say(_ sentence: String) {
        guard !output.json else { return }
        print(sentence)
        flushOutput()
    }

    // MARK: - Invented dossiers

    private func file(_ house: House) async throws {
        let agency = DemoPeople.justice
        guard let profile = try await house.agencies.tree()[agency] else {
            throw Settings.Unusable(description: "The demonstration authority is not loaded.")
        }
        let day = house.office.now.localDate
        let rules = house.catalogue.current.codes.compactMap { house.catalogue.current[$0] }.compactMap { procedure in
            procedure.levels.contains(.province) && profile.serves.includes(procedure.field)
                ? procedure.revision(on: day).map { FilingRules(procedure: procedure, revision: $0) } : nil
        }
        guard !rules.isEmpty else { throw Settings.Unusable(description: "No procedure of a province is in force.") }
        // Who takes in and accepts is one of the invented officers, never somebody whom only this command knows.
        let reception = try await house.accounts.staff.colleagues(in: agency).first {
            !$0.isDisabled && $0.roles.contains(.reception)
        }.map { ActingOfficer(id: $0.id, agency: agency, roles: $0.roles) }
        guard let reception else {
            throw Settings.Unusable(description: "Nobody receives in the demonstration authority.")
        }
        var filed = 0
        while filed < dossiers {
            let range = filed..<min(filed + 64, dossiers)
            try await withThrowingTaskGroup { group in
                for number in range {
                    group.addTask {
                        try await fileOne(number, rules[number % rules.count], profile, reception, house)
                    }
                }
                try await group.waitForAll()
            }
            filed = range.upperBound
            if filed.isMultiple(of: 6400) || filed == dossiers { say("\(filed) of \(dossiers) dossiers filed …") }
        }
    }

    private func fileOne(
        _ number: Int,
        _ rules: FilingRules,
        _ agency: AgencyProfile,
        _ officer: ActingOfficer,
        _ house: House
    ) async throws {
        var people = DemoPeople.Generator(seed: UInt64(number))
        let name = people.name()
        var answers = Answers()
        answers["applicant", "fullName"] = name
        answers["applicant", "phone"] = people.phone()
        answers["applicant", "address"] = people.address()
        answers["request", "content"] = "Đề nghị giải quyết: \(rules.procedure.name.vi)"
        var submission = DossierBook.Submission(
            procedure: rules.procedure.code.rawValue,
            procedureName: rules.procedure.name.vi,
            revision: rules.revision.number,
            situation: nil,
            agency: agency.id,
            agencyCode: agency.code,
            channel: Channel.allCases[number % 3],
            returnBy: .counter,
            applicant: nil,
            applicantName: name,
            phone: answers["applicant", "phone"],
            address: answers["applicant", "address"],
            answers: answers.json,
            papers: [],
            files: [],
            draft: nil,
            steps: rules.steps
        )
        if submission.channel == .online {
            submission.answerCalendar = try await house.calendars.calendar(of: agency.id)
        }
        // Spread over the last thirty days, so that some are late and some are new.
        let at = house.office.now + Span.minutes(-(number % 43_200))
        let isAccepted = !number.isMultiple(of: 4)
        let due = try await house.desk.due(rules, at: agency.id, channel: submission.channel, received: at)
        let byOfficer = Circumstances(at: at, actor: .officer(id: officer.id))
        guard submission.channel == .online || !isAccepted else {
            _ = try await house.dossiers.file(submission, byOfficer, once: nil, acceptedBy: officer, due: due)
            return
        }
        let itself = Circumstances(at: at, actor: .system(name: .demonstration))
        let receipt = try await house.dossiers.file(submission, itself, once: nil)
        guard isAccepted else { return }
        try await house.dossiers.perform(.accept(by: officer, due: due), on: receipt.dossier, byOfficer)
    }
}

extension House {
    /// Stores the agencies of `Authorities`.
    func storeAuthorities() async throws {
        let folder = "\(settings.home)/Authorities"
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".yaml") {
            let seed = try AgencySeed(yaml: try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8))
            _ = try await agencies.store(seed.agencies)
        }
    }
}
