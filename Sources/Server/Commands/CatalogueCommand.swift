import ArgumentParser
import Catalogue
import Foundation
import Kernel
import Persistence
import Web

struct CatalogueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue",
        abstract: "Check, import and search the catalogue of procedures.",
        subcommands: [Check.self, Import.self, Search.self, Evaluate.self]
    )

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Explain every fault in the procedures' files with file, line and remedy.",
            discussion: "Exits with 1 when there are faults."
        )

        @OptionGroup var output: Output
        @Argument(help: "The folder with one YAML file per procedure.") var folder: String?

        func run() async throws {
            let folder = try folder ?? "\(Settings().home)/Procedures"
            guard FileManager.default.fileExists(atPath: folder) else {
                throw Settings.Unusable(description: "There is no folder \(folder).")
            }
            let check = CatalogueCheck(CatalogueFolder(path: folder).read())
            try report(check, json: output.json) { check in
                let sum =
                    "\(check.procedures) procedures with \(check.revisions) revisions and \(check.forms) electronic forms: "
                    + (check.isClean ? "no faults." : "\(check.faults.count) faults.")
                return (check.faults.map { $0.line(in: .en) } + [sum]).joined(separator: "\n")
            }
            if !check.isClean { throw ExitCode(1) }
        }
    }

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Import procedures published by the national portal (one JSON object per line, .jsonl or .jsonl.gz)."
        )

        @OptionGroup var output: Output
        @Argument(help: "The file.") var file: String
        @Option(help: "The day on which the file was published, yyyy-MM-dd; today if left out.") var asOf: String?

        func run() async throws {
            let house = try await House(try Settings())
            let day = try asOf.map { text in
                guard let day = LocalDate(rawValue: text) else {
                    throw Settings.Unusable(description: "--as-of \(text) is not a day such as 2026-07-01.")
                }
                return day
            }
            if !output.json { print("Reading \(file) …") }
            let catalogue = house.catalogue.current
            let imported = ProcedureImport(
                try await JSONLines.read(file),
                asOf: day ?? house.office.now.localDate,
                knownFields: Array(catalogue.fields.values)
            )
            if !output.json { print("Storing \(imported.procedures.count) procedures …") }
            try await house.catalogue.take(imported)
            await house.close()
            try report(imported.report, json: output.json) { report in
                let lines = report.lines.map { line in
                    let examples = line.codes.prefix(3).joined(separator: ", ")
                    return "  \(line.count) × \(line.reason.words.en) (\(examples)\(line.count > 3 ? ", …" : ""))"
                }
                return (["\(report.read) records read, \(report.imported) imported."] + lines).joined(separator: "\n")
            }
        }
    }

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find procedures by everyday words, with or without accents; the same search as the portal's."
        )

        @OptionGroup var output: Output
        @Argument(help: "The words.") var words: [String]
        @Option(help: "How many at most, 1…100.") var limit = 10

        private struct Found: Encodable {
            let code: String
            let name: String
            let score: Float
        }

        func validate() throws {
            guard (1...100).contains(limit) else { throw ValidationError("--limit must be 1 to 100.") }
        }

        func run() async throws {
            let house = try await House(try Settings())
            let (finder, catalogue) = (house.catalogue.finder, house.catalogue.current)
            await house.close()
            let finding = finder.finding(words.joined(separator: " "), limit: limit)
            let found = finding.hits.map {
                Found(code: $0.code.rawValue, name: catalogue[$0.code]?.name.vi ?? "", score: $0.score)
            }
            try report(found, json: output.json) { found in
                guard !found.isEmpty else { return "Nothing found." }
                let lines = found.map { "\($0.code)  \($0.name)" }
                return ((finding.isLoose ? ["Not here; the nearest are:"] : []) + lines).joined(separator: "\n")
            }
        }
    }

    struct Evaluate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Measure the search on questions whose right answer is known.",
            discussion: """
                Without FILE it takes Procedures/questions.tsv, everyday questions in both languages. A FILE that ends in \
                .tsv is read in the same way; any other has one JSON object per line with question and \
                expected_procedure_title.
                """
        )

        @OptionGroup var output: Output
        @Argument(help: "The file.") var file: String?

        func run() async throws {
            let settings = try Settings()
            let house = try await House(settings)
            let (finder, catalogue) = (house.catalogue.finder, house.catalogue.current)
            await house.close()
            let file = file ?? "\(settings.home)/Procedures/questions.tsv"
            guard file.hasSuffix(".tsv") else {
                try tell(try SearchEvaluation(try await JSONLines.read(file), of: finder, in: catalogue))
                return
            }
            let questions = try EverydayQuestions(try await JSONLines.read(file))
            try report(questions.evaluated(by: finder), json: output.json) { report in
                let scores = report.scores.map { score in
                    let (first, three) = (share(score.first, score.questions), share(score.firstThree, score.questions))
                    return
                        "\(score.half.rawValue) \(score.language.rawValue): \(score.questions) questions, hit@1 \(first), "
                        + "hit@3 \(three), MRR \(rounded(score.meanReciprocalRank))"
                }
                let misses = report.misses.map { miss in
                    let expected = miss.expected.map(\.rawValue).joined(separator: "|")
                    let found = miss.found.map(\.rawValue).joined(separator: " ")
                    return
                        "\(miss.half.rawValue)  \(miss.question)  (\(expected); found \(found.isEmpty ? "nothing" : found))"
                }
                return (scores + ["Not among the first three: \(misses.count)"] + misses).joined(separator: "\n")
            }
        }

        private func tell(_ evaluation: SearchEvaluation) throws {
            try report(evaluation, json: output.json) { evaluation in
                """
                \(evaluation.questions) questions, \(evaluation.answerable) about procedures of this catalogue.
                First hit right: \(evaluation.first) (recall@1 \(rounded(evaluation.recallAt1)))
                Among the first five: \(evaluation.firstFive) (recall@5 \(rounded(evaluation.recallAt5)))
                """
            }
        }

        private func share(_ part: Int, _ whole: Int) -> Double { rounded(Double(part) / Double(whole)) }
        private func rounded(_ share: Double) -> Double { (share * 1000).rounded() / 1000 }
    }
}
