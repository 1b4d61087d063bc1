import Kernel

#if canImport(FoundationEssentials)
package import FoundationEssentials
#else
package import Foundation
#endif

/// Questions in the words of citizens with the procedures that answer them, and how well the search finds those.
///
/// Half of them are held back: what is tuned until it answers the questions it is tuned on says nothing about others.
package struct EverydayQuestions: Sendable {
    package enum Half: String, Encodable, Sendable { case tuning, held }
    package enum Tongue: String, Encodable, Sendable { case vi, en }

    package struct Question: Sendable {
        package let half: Half
        package let tongue: Tongue
        /// Any of them is a right answer.
        package let codes: Set<ProcedureCode>
        package let text: String
    }

    /// A line that is no question.
    package struct Fault: Error, CustomStringConvertible {
        package let line: Int
        package var description: String {
            "Line \(line) is not: tuning or held, vi or en, codes joined by |, the question, with tabs between them."
        }
    }

    package let all: [Question]

    /// Reads one question per line; lines that begin with `#` are remarks.
    package init(_ lines: Data) throws(Fault) {
        var all: [Question] = []
        let texts = String(decoding: lines, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in texts.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 4, let half = Half(rawValue: cells[0]), let tongue = Tongue(rawValue: cells[1]),
                !cells[3].isEmpty
            else { throw Fault(line: index + 1) }
            let codes = cells[2].split(separator: "|").map { ProcedureCode(rawValue: String($0)) }
            guard !codes.isEmpty, !codes.contains(nil) else { throw Fault(line: index + 1) }
            all.append(Question(half: half, tongue: tongue, codes: Set(codes.compactMap(\.self)), text: cells[3]))
        }
        self.all = all
    }
}

extension EverydayQuestions {
    /// How one half in one language was answered.
    package struct Score: Encodable, Sendable {
        package let half: Half
        package let language: Tongue
        package let questions: Int
        /// How many had a right answer first, and among the first three.
        package let first: Int
        package let firstThree: Int
        /// The mean over all questions of one divided by the place of the first right answer, within ten.
        package let meanReciprocalRank: Double
    }

    package struct Miss: Encodable, Sendable {
        package let half: Half
        package let question: String
        package let expected: [ProcedureCode]
        package let found: [ProcedureCode]
    }

    package struct Report: Encodable, Sendable {
        package let scores: [Score]
        /// Questions without a right answer among the first three.
        package let misses: [Miss]
    }

    package func evaluated(by search: CatalogueSearch) -> Report {
        var places: [(question: Question, found: [ProcedureCode], place: Int?)] = []
        for question in all {
            let found = search.find(question.text, limit: 10).map(\.code)
            places.append((question, found, found.firstIndex(where: question.codes.contains)))
        }
        let scores = [Half.tuning, .held].flatMap { half in
            [Tongue.vi, .en].compactMap { tongue -> Score? in
                let asked = places.filter { $0.question.half == half && $0.question.tongue == tongue }
                guard !asked.isEmpty else { return nil }
                let ranks = asked.map { $0.place.map { 1 / Double($0 + 1) } ?? 0 }
                return Score(
                    half: half,
                    language: tongue,
                    questions: asked.count,
                    first: asked.count { $0.place == 0 },
                    firstThree: asked.count { ($0.place ?? 3) < 3 },
                    meanReciprocalRank: ranks.reduce(0, +) / Double(asked.count)
                )
            }
        }
        let misses = places.filter { ($0.place ?? 3) >= 3 }.map {
            Miss(
                half: $0.question.half,
                question: $0.question.text,
                expected: $0.question.codes.sorted(),
                found: Array($0.found.prefix(3))
            )
        }
        return Report(scores: scores, misses: misses)
    }
}
