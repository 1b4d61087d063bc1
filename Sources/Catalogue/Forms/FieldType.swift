/// What kind of answer a field takes; decides the control on the page and the rule of validation.
package enum FieldType: String, Codable, CaseIterable, Sendable {
    case name
    /// A person or an organisation, by the name on their papers.
    case party
    case text, paragraph, date
    /// A day, a month or only a year: old papers often know no more.
    case partialDate = "partial-date"
    case choice, choices
    case yesNo = "yes-no"
    case number, money, phone, email
    case nationalNumber = "national-number"
    case idNumber = "id-number"
    case address
}
