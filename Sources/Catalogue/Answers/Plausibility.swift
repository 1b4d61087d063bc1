import Kernel
import Web

/// A rule that answers break, and where.
struct Implausibility {
    let rule: PlausibilityRule
    /// The section in which it is told: the last of those that it compares.
    let section: String
    /// The field in which it is told.
    let path: FieldPath
    /// All fields that are compared.
    let compared: [String]
    /// The days that were compared, as they are written.
    let days: [String]
}

extension FormDefinition {
    /// The rules that `shown` breaks. What is hidden, empty or wrong by itself is not compared.
    func implausible(_ shown: ShownForm, on today: LocalDate) -> [Implausibility] {
        guard !rules.isEmpty else { return [] }
        let judge = RuleJudge(form: self, shown: shown, today: today)
        return rules.flatMap(judge.broken)
    }

    /// The answers that `rule` compares, as one text: who confirms them has confirmed these and no others.
    func mark(of rule: PlausibilityRule, in answers: Answers) -> String {
        let places = rule.places
        return shown(answers).sections.flatMap { part in
            part.rows.flatMap { row in
                row.fields.compactMap { field -> String? in
                    guard places.contains(where: { $0 == (part.section.key, field.key) }),
                        case .text(let text) = row.answers[field.key]
                    else { return nil }
                    // Typed and stored alike.
                    let day = PartialDate(vietnamese: text.tidied.plainCode)?.rawValue
                    return day ?? text.folded.replacing(" ", with: "")
                }
            }
        }.joined(separator: "|")
    }

    /// Whether what `rule` asks was confirmed of just these answers.
    func isConfirmed(_ rule: PlausibilityRule, in answers: Answers) -> Bool {
        answers[FormDefinition.confirmed, rule.key] == mark(of: rule, in: answers)
    }

    /// What was asked and confirmed.
    func confirmations(in answers: Answers) -> [PlausibilityRule] {
        rules.filter { $0.kind == .asked && isConfirmed($0, in: answers) }
    }

    /// `answers` with the ticks that a page sent beside them.
    func confirming(_ answers: Answers, _ pairs: [(name: String, value: String)]) -> Answers {
        confirming(answers) { rule in pairs.last { $0.name == FormDefinition.tick(rule) }?.value }
    }

    /// `answers` with the ticks that were set beside them; one that was set for other answers counts no more.
    func confirming(_ answers: Answers, _ ticks: (PlausibilityRule) -> String?) -> Answers {
        var result = answers
        for rule in rules where rule.kind == .asked {
            guard let tick = ticks(rule) else { continue }
            result[FormDefinition.confirmed, rule.key] = tick == mark(of: rule, in: answers) ? tick : nil
        }
        return result
    }
}

private struct RuleJudge {
    let form: FormDefinition
    let shown: ShownForm
    let today: LocalDate
    let known: [String: Answers.Row]

    init(form: FormDefinition, shown: ShownForm, today: LocalDate) {
        (self.form, self.shown, self.today) = (form, shown, today)
        known = Dictionary(
            shown.sections.filter { $0.section.rows == nil }.map { ($0.section.key, $0.rows.first?.answers ?? [:]) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Once for each row, where a rule compares the fields of a repeated section.
    func broken(_ rule: PlausibilityRule) -> [Implausibility] {
        guard let last = form.lastPlace(of: rule) else { return [] }
        let repeated = rule.places.first { form.section($0.section)?.rows != nil }?.section
        let rows = shown.sections.first { $0.section.key == repeated }?.rows.count
        guard repeated == nil || rows != nil else { return [] }
        return (0..<(rows ?? 1)).compactMap { row in
            guard rule.clauses.allSatisfy({ holds($0, row: row) }) else { return nil }
            func path(_ place: (section: String, key: String)) -> FieldPath {
                FieldPath(section: place.section, row: place.section == repeated ? row : nil, field: place.key)
            }
            return Implausibility(
                rule: rule,
                section: last.section,
                path: path(last),
                compared: rule.asked.map { path($0).rawValue },
                days: rule.clauses.flatMap { days($0, row) }
            )
        }
    }

    private func holds(_ clause: PlausibilityRule.Clause, row: Int) -> Bool {
        switch clause {
        case .span(let unit, let from, let to, let below, let above):
            guard let from = day(from, row), let to = day(to, row) else { return false }
            // Of an imprecise date it is said only when no day in it would do.
            let isShort = below.map { unit.adding($0, to: from.first) > to.last } ?? false
            let isLong = above.map { unit.adding($0, to: from.last) < to.first } ?? false
            return isShort || isLong
        case .same(let one, let other):
            guard let one = compared(one, row), let other = compared(other, row) else { return false }
            return one == other
        case .differ(let one, let other):
            guard let one = compared(one, row), let other = compared(other, row) else { return false }
            return one != other
        case .says(let place, let words):
            guard let text = text(place, row) else { return false }
            return words.contains(where: text.says)
        case .given(let place): return text(place, row) != nil
        case .when(let condition): return condition.holds(in: [:], of: known)
        }
    }

    /// Today is nobody's answer.
    private func days(_ clause: PlausibilityRule.Clause, _ row: Int) -> [String] {
        guard case .span(_, let from, let to, _, _) = clause else { return [] }
        return [from, to].filter { $0 != .today }.compactMap { day($0, row)?.vietnamese }
    }

    private func day(_ place: PlausibilityRule.Place, _ row: Int) -> PartialDate? {
        place == .today ? PartialDate(today) : text(place, row).flatMap(PartialDate.init(rawValue:))
    }

    private func compared(_ place: PlausibilityRule.Place, _ row: Int) -> String? {
        text(place, row)?.folded
    }

    /// The answer in its stored form.
    private func text(_ place: PlausibilityRule.Place, _ row: Int) -> String? {
        guard case .field(let section, let key) = place,
            let part = shown.sections.first(where: { $0.section.key == section })
        else { return nil }
        let index = part.section.rows == nil ? 0 : row
        guard part.rows.indices.contains(index),
            let field = part.rows[index].fields.first(where: { $0.key == key }),
            let answer = part.rows[index].answers[key], !answer.isBlank
        else { return nil }
        let judgement = FieldRule(field: field, options: form.options(of: field), today: today)
            .judge(answer, in: part.rows[index].answers)
        return if case .accepted(.text(let text)) = judgement { text } else { nil }
    }
}

extension String {
    /// Whether the text has `words` in it. Who types accents means them: a close friend is not oneself.
    fileprivate func says(_ words: String) -> Bool {
        let isAccented = !utf8.allSatisfy { $0 < 0x80 }
        let (text, sought) = isAccented ? (wordsAsTyped, words.wordsAsTyped) : (folded, words.folded)
        return " \(text) ".contains(" \(sought) ")
    }

    private var wordsAsTyped: String {
        lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
    }
}

extension PlausibilityRule.Unit {
    fileprivate func adding(_ count: Int, to day: LocalDate) -> LocalDate {
        switch self {
        case .years: day.adding(months: 12 * count)
        case .days: day.adding(days: count)
        }
    }
}

extension Implausibility {
    /// Told at the field, or at the tick that is asked for.
    var error: FieldError {
        let message = Words(
            rule.message.vi + (days.isEmpty ? "" : " Trong tờ khai: \(days.joined(separator: " và "))."),
            rule.message.en + (days.isEmpty ? "" : " Declared: \(days.joined(separator: " and ")).")
        )
        return switch rule.kind {
        case .refused: FieldError(path.rawValue, message.vi, message.en)
        case .asked:
            FieldError(
                FormDefinition.tick(rule),
                "\(message.vi) Nếu đúng như vậy, hãy đánh dấu xác nhận; nếu không, hãy sửa lại.",
                "\(message.en) If that is so, tick to confirm it; if not, please correct it."
            )
        }
    }
}
