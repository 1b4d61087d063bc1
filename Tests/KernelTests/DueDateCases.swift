import Foundation
import Kernel
import Testing

/// Cases computed apart from this code, by a script that ticks minutes and walks days over the published days off.
struct DueDateCases {
    @Test(arguments: cases.split(separator: "\n").map(String.init))
    func `is due when counted by hand`(line: String) throws {
        let parts = line.components(separatedBy: " | ")
        let calendars = ["standard": WorkingCalendar.vietnam, "commune": .commune, "saturday": .saturday]
        let calendar = try #require(calendars[parts[0]])
        let received = Instant(try #require(LocalMinute(rawValue: parts[1])))
        let term = try #require(TimeLimit(parts[2]))
        let mode = try #require(DueRule.Mode(rawValue: parts[3]))
        let pauses = parts[4].components(separatedBy: ", ").compactMap(Pause.init)
        let resume = parts[5].components(separatedBy: ", ")
        let rule = DueRule(
            mode: mode,
            resume: try #require(DueRule.Resume(rawValue: resume[0])),
            phases: try resume.dropFirst().map { try #require(TimeLimit($0)) }
        )
        let due = dueDate(received: received, term: term, rule: rule, pauses: pauses, calendar: calendar)
        #expect(due.at.localMinute.rawValue == parts[6])
        #expect(due.counted == due.term)
    }

    /// office | received | term | mode | pauses | resumption | due
    static let cases = """
        standard | 2020-01-13T00:00 | 2 working-days | exclude-receipt-day | no pause | extend | 2020-01-15T17:30
        standard | 2020-01-20T07:15 | 1 working-days | exclude-receipt-day | no pause | extend | 2020-01-21T17:30
        standard | 2020-01-14T17:29 | 5 working-days | exclude-receipt-day | no pause | extend | 2020-01-21T17:30
        standard | 2020-01-11T13:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2020-01-13T17:30
        standard | 2020-01-12T10:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2020-01-13T17:30
        standard | 2020-01-16T15:00 | 10 working-days | include-if-before-cutoff | no pause | extend | 2020-02-05T17:30
        standard | 2020-01-21T09:30 | 3 working-days | working-minutes | no pause | extend | 2020-01-31T09:30
        standard | 2020-01-17T20:00 | 10 working-days | working-minutes | no pause | extend | 2020-02-07T17:30
        standard | 2020-01-17T09:30 | 1 working-days | working-minutes | no pause | extend | 2020-01-20T09:30
        standard | 2021-02-05T09:30 | 5 working-days | exclude-receipt-day | no pause | extend | 2021-02-19T17:30
        standard | 2021-01-31T14:59 | 2 working-days | exclude-receipt-day | no pause | extend | 2021-02-02T17:30
        standard | 2021-01-29T00:00 | 7 working-days | exclude-receipt-day | no pause | extend | 2021-02-09T17:30
        standard | 2021-02-08T15:10 | 15 working-days | include-if-before-cutoff | no pause | extend | 2021-03-08T17:30
        standard | 2021-02-03T17:29 | 7 working-days | include-if-before-cutoff | no pause | extend | 2021-02-19T17:30
        standard | 2021-02-04T17:30 | 5 working-days | include-if-before-cutoff | no pause | extend | 2021-02-18T17:30
        standard | 2021-01-29T09:30 | 7 working-days | working-minutes | no pause | extend | 2021-02-09T09:30
        standard | 2021-02-01T23:00 | 3 working-days | working-minutes | no pause | extend | 2021-02-04T17:30
        standard | 2021-02-05T15:01 | 2 working-days | working-minutes | no pause | extend | 2021-02-09T15:01
        standard | 2022-01-29T15:10 | 10 working-days | exclude-receipt-day | no pause | extend | 2022-02-18T17:30
        standard | 2022-01-23T00:00 | 10 working-days | exclude-receipt-day | no pause | extend | 2022-02-11T17:30
        standard | 2022-01-18T14:59 | 3 working-days | exclude-receipt-day | no pause | extend | 2022-01-21T17:30
        standard | 2022-01-29T17:30 | 15 working-days | include-if-before-cutoff | no pause | extend | 2022-02-25T17:30
        standard | 2022-01-22T23:00 | 15 working-days | include-if-before-cutoff | no pause | extend | 2022-02-18T17:30
        standard | 2022-01-21T15:01 | 10 working-days | include-if-before-cutoff | no pause | extend | 2022-02-11T17:30
        standard | 2022-01-27T13:30 | 10 working-days | working-minutes | no pause | extend | 2022-02-17T12:00
        standard | 2022-01-18T00:00 | 5 working-days | working-minutes | no pause | extend | 2022-01-24T17:30
        standard | 2022-01-21T13:00 | 15 working-days | working-minutes | no pause | extend | 2022-02-18T12:00
        standard | 2023-01-13T09:30 | 2 working-days | exclude-receipt-day | no pause | extend | 2023-01-17T17:30
        standard | 2023-01-15T11:59 | 10 working-days | exclude-receipt-day | no pause | extend | 2023-02-03T17:30
        standard | 2023-01-13T23:00 | 2 working-days | exclude-receipt-day | no pause | extend | 2023-01-17T17:30
        standard | 2023-01-14T13:00 | 10 working-days | include-if-before-cutoff | no pause | extend | 2023-02-03T17:30
        standard | 2023-01-08T15:01 | 3 working-days | include-if-before-cutoff | no pause | extend | 2023-01-11T17:30
        standard | 2023-01-11T15:10 | 5 working-days | include-if-before-cutoff | no pause | extend | 2023-01-18T17:30
        standard | 2023-01-17T07:15 | 5 working-days | working-minutes | no pause | extend | 2023-01-30T17:30
        standard | 2023-01-15T13:30 | 10 working-days | working-minutes | no pause | extend | 2023-02-03T17:30
        standard | 2023-01-10T08:00 | 5 working-days | working-minutes | no pause | extend | 2023-01-16T17:30
        standard | 2024-02-04T09:30 | 15 working-days | exclude-receipt-day | no pause | extend | 2024-03-01T17:30
        standard | 2024-01-31T10:00 | 2 working-days | exclude-receipt-day | no pause | extend | 2024-02-02T17:30
        standard | 2024-02-06T09:30 | 3 working-days | exclude-receipt-day | no pause | extend | 2024-02-16T17:30
        standard | 2024-02-07T17:29 | 5 working-days | include-if-before-cutoff | no pause | extend | 2024-02-21T17:30
        standard | 2024-02-04T13:30 | 5 working-days | include-if-before-cutoff | no pause | extend | 2024-02-16T17:30
        standard | 2024-02-04T14:59 | 5 working-days | include-if-before-cutoff | no pause | extend | 2024-02-16T17:30
        standard | 2024-02-02T15:00 | 15 working-days | working-minutes | no pause | extend | 2024-03-01T15:00
        standard | 2024-01-29T15:01 | 3 working-days | working-minutes | no pause | extend | 2024-02-01T15:01
        standard | 2024-02-07T15:10 | 3 working-days | working-minutes | no pause | extend | 2024-02-19T15:10
        standard | 2025-01-21T13:30 | 15 working-days | exclude-receipt-day | no pause | extend | 2025-02-18T17:30
        standard | 2025-01-21T20:00 | 7 working-days | exclude-receipt-day | no pause | extend | 2025-02-06T17:30
        standard | 2025-01-24T07:15 | 3 working-days | exclude-receipt-day | no pause | extend | 2025-02-05T17:30
        standard | 2025-01-20T09:30 | 1 working-days | include-if-before-cutoff | no pause | extend | 2025-01-20T17:30
        standard | 2025-01-15T17:30 | 10 working-days | include-if-before-cutoff | no pause | extend | 2025-02-05T17:30
        standard | 2025-01-18T10:00 | 3 working-days | include-if-before-cutoff | no pause | extend | 2025-01-22T17:30
        standard | 2025-01-24T11:59 | 3 working-days | working-minutes | no pause | extend | 2025-02-05T11:59
        standard | 2025-01-23T15:10 | 7 working-days | working-minutes | no pause | extend | 2025-02-10T15:10
        standard | 2025-01-17T23:00 | 7 working-days | working-minutes | no pause | extend | 2025-02-04T17:30
        standard | 2026-02-08T15:10 | 15 working-days | exclude-receipt-day | no pause | extend | 2026-03-06T17:30
        standard | 2026-02-13T14:59 | 10 working-days | exclude-receipt-day | no pause | extend | 2026-03-06T17:30
        standard | 2026-02-14T13:30 | 10 working-days | exclude-receipt-day | no pause | extend | 2026-03-06T17:30
        standard | 2026-02-10T23:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-02-11T17:30
        standard | 2026-02-04T10:00 | 3 working-days | include-if-before-cutoff | no pause | extend | 2026-02-06T17:30
        standard | 2026-02-11T17:30 | 7 working-days | include-if-before-cutoff | no pause | extend | 2026-02-27T17:30
        standard | 2026-02-05T23:00 | 1 working-days | working-minutes | no pause | extend | 2026-02-06T17:30
        standard | 2026-02-04T11:59 | 5 working-days | working-minutes | no pause | extend | 2026-02-11T11:59
        standard | 2026-02-08T13:30 | 7 working-days | working-minutes | no pause | extend | 2026-02-24T17:30
        standard | 2027-01-30T08:00 | 15 working-days | exclude-receipt-day | no pause | extend | 2027-02-26T17:30
        standard | 2027-01-30T17:30 | 7 working-days | exclude-receipt-day | no pause | extend | 2027-02-16T17:30
        standard | 2027-01-25T12:00 | 2 working-days | exclude-receipt-day | no pause | extend | 2027-01-27T17:30
        standard | 2027-01-25T15:00 | 2 working-days | include-if-before-cutoff | no pause | extend | 2027-01-26T17:30
        standard | 2027-01-24T20:00 | 7 working-days | include-if-before-cutoff | no pause | extend | 2027-02-02T17:30
        standard | 2027-02-01T15:00 | 3 working-days | include-if-before-cutoff | no pause | extend | 2027-02-03T17:30
        standard | 2027-01-25T14:59 | 10 working-days | working-minutes | no pause | extend | 2027-02-15T14:59
        standard | 2027-01-27T15:00 | 3 working-days | working-minutes | no pause | extend | 2027-02-01T15:00
        standard | 2027-01-30T14:59 | 3 working-days | working-minutes | no pause | extend | 2027-02-03T17:30
        saturday | 2024-04-27T17:29 | 6 working-days | exclude-receipt-day | no pause | extend | 2024-05-08T17:30
        standard | 2024-04-28T15:01 | 1 working-days | exclude-receipt-day | no pause | extend | 2024-05-02T17:30
        standard | 2024-04-29T15:00 | 6 working-days | exclude-receipt-day | no pause | extend | 2024-05-08T17:30
        saturday | 2024-04-27T10:00 | 2 working-days | include-if-before-cutoff | no pause | extend | 2024-05-02T17:30
        standard | 2024-04-28T14:59 | 2 working-days | include-if-before-cutoff | no pause | extend | 2024-05-03T17:30
        saturday | 2024-04-29T12:00 | 6 working-days | include-if-before-cutoff | no pause | extend | 2024-05-08T17:30
        commune | 2024-04-27T10:00 | 1 working-days | working-minutes | no pause | extend | 2024-05-03T08:00
        saturday | 2024-04-28T13:30 | 2 working-days | working-minutes | no pause | extend | 2024-05-03T17:30
        saturday | 2024-04-29T20:00 | 3 working-days | working-minutes | no pause | extend | 2024-05-04T17:30
        standard | 2025-04-24T13:00 | 1 working-days | exclude-receipt-day | no pause | extend | 2025-04-25T17:30
        commune | 2025-04-25T08:00 | 6 working-days | exclude-receipt-day | no pause | extend | 2025-05-07T17:00
        standard | 2025-04-26T23:00 | 6 working-days | exclude-receipt-day | no pause | extend | 2025-05-08T17:30
        saturday | 2025-04-24T15:10 | 3 working-days | include-if-before-cutoff | no pause | extend | 2025-04-28T17:30
        standard | 2025-04-25T09:30 | 2 working-days | include-if-before-cutoff | no pause | extend | 2025-04-26T17:30
        standard | 2025-04-26T20:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2025-04-28T17:30
        saturday | 2025-04-24T17:29 | 6 working-days | working-minutes | no pause | extend | 2025-05-06T11:59
        commune | 2025-04-25T12:00 | 3 working-days | working-minutes | no pause | extend | 2025-04-29T15:00
        commune | 2025-04-26T14:59 | 6 working-days | working-minutes | no pause | extend | 2025-05-09T08:29
        commune | 2025-12-31T09:30 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-01-05T17:00
        commune | 2026-01-01T10:00 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-01-05T17:00
        standard | 2026-01-02T17:29 | 6 working-days | exclude-receipt-day | no pause | extend | 2026-01-10T17:30
        commune | 2025-12-31T07:15 | 2 working-days | include-if-before-cutoff | no pause | extend | 2026-01-05T17:00
        commune | 2026-01-01T07:15 | 3 working-days | include-if-before-cutoff | no pause | extend | 2026-01-07T17:00
        saturday | 2026-01-02T00:00 | 3 working-days | include-if-before-cutoff | no pause | extend | 2026-01-06T17:30
        saturday | 2025-12-31T00:00 | 3 working-days | working-minutes | no pause | extend | 2026-01-06T12:00
        standard | 2026-01-01T20:00 | 2 working-days | working-minutes | no pause | extend | 2026-01-06T17:30
        standard | 2026-01-02T09:30 | 1 working-days | working-minutes | no pause | extend | 2026-01-05T17:30
        commune | 2026-08-20T20:00 | 3 working-days | exclude-receipt-day | no pause | extend | 2026-08-24T17:00
        standard | 2026-08-21T09:30 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-08-22T17:30
        saturday | 2026-08-22T17:29 | 6 working-days | exclude-receipt-day | no pause | extend | 2026-08-29T12:00
        standard | 2026-08-20T11:59 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-08-20T17:30
        standard | 2026-08-21T15:00 | 6 working-days | include-if-before-cutoff | no pause | extend | 2026-08-27T17:30
        commune | 2026-08-22T13:30 | 3 working-days | include-if-before-cutoff | no pause | extend | 2026-08-25T17:00
        commune | 2026-08-20T15:01 | 6 working-days | working-minutes | no pause | extend | 2026-08-28T08:31
        standard | 2026-08-21T15:01 | 3 working-days | working-minutes | no pause | extend | 2026-08-25T15:01
        commune | 2026-08-22T11:59 | 2 working-days | working-minutes | no pause | extend | 2026-08-25T14:30
        standard | 2021-04-29T10:00 | 3 working-days | exclude-receipt-day | no pause | extend | 2021-05-06T17:30
        standard | 2021-04-29T11:59 | 3 working-days | include-if-before-cutoff | no pause | extend | 2021-05-05T17:30
        standard | 2022-04-08T13:30 | 3 working-days | exclude-receipt-day | no pause | extend | 2022-04-14T17:30
        standard | 2022-04-08T16:45 | 3 working-days | include-if-before-cutoff | no pause | extend | 2022-04-14T17:30
        standard | 2022-04-29T13:00 | 1 working-days | exclude-receipt-day | no pause | extend | 2022-05-04T17:30
        standard | 2022-04-29T15:01 | 3 working-days | include-if-before-cutoff | no pause | extend | 2022-05-06T17:30
        standard | 2023-04-28T12:00 | 3 working-days | exclude-receipt-day | no pause | extend | 2023-05-08T17:30
        standard | 2023-04-28T15:01 | 3 working-days | include-if-before-cutoff | no pause | extend | 2023-05-08T17:30
        standard | 2023-08-31T16:45 | 1 working-days | exclude-receipt-day | no pause | extend | 2023-09-05T17:30
        standard | 2023-08-31T08:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2023-08-31T17:30
        standard | 2026-04-24T09:30 | 2 working-days | exclude-receipt-day | no pause | extend | 2026-04-29T17:30
        standard | 2026-04-24T00:00 | 2 working-days | include-if-before-cutoff | no pause | extend | 2026-04-28T17:30
        standard | 2026-04-29T20:00 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-05-04T17:30
        standard | 2026-04-29T08:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-04-29T17:30
        standard | 2027-04-30T13:30 | 1 working-days | exclude-receipt-day | no pause | extend | 2027-05-04T17:30
        standard | 2027-04-30T20:00 | 2 working-days | include-if-before-cutoff | no pause | extend | 2027-05-05T17:30
        standard | 2020-04-29T08:00 | 2 working-days | exclude-receipt-day | no pause | extend | 2020-05-05T17:30
        standard | 2020-04-29T14:59 | 1 working-days | include-if-before-cutoff | no pause | extend | 2020-04-29T17:30
        standard | 2021-08-31T00:00 | 1 working-days | exclude-receipt-day | no pause | extend | 2021-09-01T17:30
        standard | 2021-08-31T17:29 | 2 working-days | include-if-before-cutoff | no pause | extend | 2021-09-06T17:30
        standard | 2026-08-28T15:10 | 3 working-days | exclude-receipt-day | no pause | extend | 2026-09-07T17:30
        standard | 2026-08-28T15:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-08-28T17:30
        standard | 2026-11-23T16:45 | 3 working-days | exclude-receipt-day | no pause | extend | 2026-11-27T17:30
        standard | 2026-11-23T11:59 | 3 working-days | include-if-before-cutoff | no pause | extend | 2026-11-26T17:30
        standard | 2026-03-11T14:59 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-03-11T17:30
        standard | 2026-03-11T14:59 | same-day | exclude-receipt-day | no pause | extend | 2026-03-11T17:30
        standard | 2026-03-11T14:59 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T15:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-03-11T17:30
        standard | 2026-03-11T15:00 | same-day | exclude-receipt-day | no pause | extend | 2026-03-11T17:30
        standard | 2026-03-11T15:00 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T15:01 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T15:01 | same-day | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T15:01 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T17:29 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T17:29 | same-day | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T17:29 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T17:30 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T17:30 | same-day | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        standard | 2026-03-11T17:30 | 1 working-days | exclude-receipt-day | no pause | extend | 2026-03-12T17:30
        saturday | 2026-03-14T11:00 | same-day | exclude-receipt-day | no pause | extend | 2026-03-14T12:00
        saturday | 2026-03-14T12:00 | same-day | exclude-receipt-day | no pause | extend | 2026-03-16T17:30
        saturday | 2026-03-14T13:00 | 1 working-days | include-if-before-cutoff | no pause | extend | 2026-03-16T17:30
        commune | 2022-01-30T11:59 | same-day | exclude-receipt-day | no pause | extend | 2022-02-07T17:00
        saturday | 2020-01-24T13:00 | same-day | exclude-receipt-day | no pause | extend | 2020-01-30T17:30
        saturday | 2024-02-08T17:29 | same-day | exclude-receipt-day | no pause | extend | 2024-02-15T17:30
        standard | 2020-01-25T08:00 | same-day | exclude-receipt-day | no pause | extend | 2020-01-30T17:30
        commune | 2023-01-17T08:00 | same-day | exclude-receipt-day | no pause | extend | 2023-01-17T17:00
        commune | 2025-01-28T13:00 | same-day | exclude-receipt-day | no pause | extend | 2025-02-03T17:00
        saturday | 2022-01-31T17:29 | same-day | exclude-receipt-day | no pause | extend | 2022-02-05T12:00
        standard | 2021-02-08T20:00 | same-day | exclude-receipt-day | no pause | extend | 2021-02-09T17:30
        standard | 2024-02-07T14:59 | same-day | exclude-receipt-day | no pause | extend | 2024-02-07T17:30
        standard | 2025-01-27T23:00 | same-day | exclude-receipt-day | no pause | extend | 2025-02-03T17:30
        standard | 2027-02-03T15:00 | same-day | exclude-receipt-day | no pause | extend | 2027-02-03T17:30
        commune | 2022-01-30T14:59 | same-day | exclude-receipt-day | no pause | extend | 2022-02-07T17:00
        saturday | 2026-02-17T07:15 | 1 working-hours | exclude-receipt-day | no pause | extend | 2026-02-21T09:00
        standard | 2022-01-27T10:00 | 8 working-hours | exclude-receipt-day | no pause | extend | 2022-01-28T10:00
        standard | 2022-02-01T17:30 | 4 working-hours | exclude-receipt-day | no pause | extend | 2022-02-07T12:00
        standard | 2025-01-20T13:00 | 4 working-hours | exclude-receipt-day | no pause | extend | 2025-01-20T17:30
        standard | 2022-01-26T13:00 | 40 working-hours | exclude-receipt-day | no pause | extend | 2022-02-09T12:00
        standard | 2021-02-03T15:01 | 24 working-hours | exclude-receipt-day | no pause | extend | 2021-02-08T15:01
        commune | 2021-02-04T14:59 | 1 working-hours | exclude-receipt-day | no pause | extend | 2021-02-04T15:59
        standard | 2023-01-21T20:00 | 24 working-hours | exclude-receipt-day | no pause | extend | 2023-01-31T17:30
        commune | 2025-01-24T12:00 | 24 working-hours | exclude-receipt-day | no pause | extend | 2025-02-05T15:00
        standard | 2024-02-02T17:29 | 4 working-hours | exclude-receipt-day | no pause | extend | 2024-02-05T11:59
        standard | 2026-02-17T07:15 | 40 working-hours | exclude-receipt-day | no pause | extend | 2026-02-27T17:30
        saturday | 2027-02-02T20:00 | 24 working-hours | exclude-receipt-day | no pause | extend | 2027-02-12T17:30
        commune | 2026-02-14T08:00 | 40 working-hours | exclude-receipt-day | no pause | extend | 2026-03-02T10:00
        standard | 2025-01-20T17:29 | 24 working-hours | exclude-receipt-day | no pause | extend | 2025-01-23T17:29
        saturday | 2020-01-21T09:30 | 40 working-hours | exclude-receipt-day | no pause | extend | 2020-02-03T15:00
        standard | 2021-02-07T00:00 | 40 working-hours | exclude-receipt-day | no pause | extend | 2021-02-19T17:30
        saturday | 2022-01-29T08:00 | 1 working-hours | exclude-receipt-day | no pause | extend | 2022-01-29T09:00
        saturday | 2023-01-14T09:30 | 8 working-hours | exclude-receipt-day | no pause | extend | 2023-01-16T15:00
        saturday | 2020-01-24T12:00 | 8 working-hours | exclude-receipt-day | no pause | extend | 2020-01-30T17:30
        commune | 2020-01-24T07:15 | 8 working-hours | exclude-receipt-day | no pause | extend | 2020-01-31T08:00
        standard | 2021-02-05T17:30 | 1 working-hours | exclude-receipt-day | no pause | extend | 2021-02-08T09:00
        standard | 2021-02-11T15:01 | 24 working-hours | exclude-receipt-day | no pause | extend | 2021-02-19T17:30
        commune | 2025-01-21T17:30 | 8 working-hours | exclude-receipt-day | no pause | extend | 2025-01-23T08:00
        commune | 2027-01-30T10:00 | 8 working-hours | exclude-receipt-day | no pause | extend | 2027-02-02T08:00
        saturday | 2022-01-27T09:30 | 1 working-hours | exclude-receipt-day | no pause | extend | 2022-01-27T10:30
        standard | 2026-03-14T23:00 | 8 working-hours | exclude-receipt-day | no pause | extend | 2026-03-16T17:30
        standard | 2027-01-23T17:29 | 5 days | working-minutes | no pause | extend | 2027-01-28T17:30
        standard | 2020-01-07T14:59 | 45 days | working-minutes | no pause | extend | 2020-02-21T17:30
        standard | 2025-01-23T15:00 | 15 days | working-minutes | no pause | extend | 2025-02-07T17:30
        standard | 2025-01-08T07:15 | 90 days | include-if-before-cutoff | no pause | extend | 2025-04-08T17:30
        standard | 2021-01-13T09:30 | 3 days | working-minutes | no pause | extend | 2021-01-18T17:30
        standard | 2025-01-12T09:30 | 5 days | exclude-receipt-day | no pause | extend | 2025-01-17T17:30
        standard | 2021-01-28T17:30 | 1 days | working-minutes | no pause | extend | 2021-01-29T17:30
        standard | 2022-01-29T16:45 | 5 days | exclude-receipt-day | no pause | extend | 2022-02-07T17:30
        standard | 2024-12-30T17:30 | 10 days | include-if-before-cutoff | no pause | extend | 2025-01-09T17:30
        standard | 2021-12-25T11:59 | 15 days | working-minutes | no pause | extend | 2022-01-10T17:30
        standard | 2022-01-22T16:45 | 10 days | working-minutes | no pause | extend | 2022-02-07T17:30
        standard | 2025-01-28T14:59 | 5 days | exclude-receipt-day | no pause | extend | 2025-02-03T17:30
        standard | 2022-01-26T14:59 | 1 days | exclude-receipt-day | no pause | extend | 2022-01-27T17:30
        standard | 2020-01-07T13:00 | 1 days | working-minutes | no pause | extend | 2020-01-08T17:30
        standard | 2023-01-13T07:15 | 5 days | working-minutes | no pause | extend | 2023-01-18T17:30
        standard | 2024-01-11T17:29 | 10 days | working-minutes | no pause | extend | 2024-01-22T17:30
        standard | 2021-02-03T15:01 | 5 days | working-minutes | no pause | extend | 2021-02-08T17:30
        standard | 2026-01-23T10:00 | 90 days | working-minutes | no pause | extend | 2026-04-23T17:30
        standard | 2026-01-19T15:00 | 1 days | exclude-receipt-day | no pause | extend | 2026-01-20T17:30
        standard | 2022-12-15T15:00 | 5 days | working-minutes | no pause | extend | 2022-12-20T17:30
        standard | 2022-01-09T15:01 | 1 days | working-minutes | no pause | extend | 2022-01-10T17:30
        standard | 2022-12-26T13:00 | 3 days | include-if-before-cutoff | no pause | extend | 2022-12-29T17:30
        standard | 2027-01-24T15:01 | 1 days | working-minutes | no pause | extend | 2027-01-25T17:30
        standard | 2026-02-03T13:30 | 1 days | include-if-before-cutoff | no pause | extend | 2026-02-04T17:30
        standard | 2024-01-25T13:00 | 3 days | exclude-receipt-day | no pause | extend | 2024-01-29T17:30
        standard | 2021-01-31T17:30 | 1 months | exclude-receipt-day | no pause | extend | 2021-03-01T17:30
        standard | 2024-01-31T15:01 | 1 months | exclude-receipt-day | no pause | extend | 2024-02-29T17:30
        standard | 2023-11-30T13:00 | 3 months | exclude-receipt-day | no pause | extend | 2024-02-29T17:30
        standard | 2024-02-29T11:59 | 12 months | exclude-receipt-day | no pause | extend | 2025-02-28T17:30
        standard | 2025-08-31T15:00 | 6 months | exclude-receipt-day | no pause | extend | 2026-03-02T17:30
        standard | 2026-03-31T14:59 | 1 months | exclude-receipt-day | no pause | extend | 2026-05-04T17:30
        standard | 2026-01-30T08:00 | 1 months | exclude-receipt-day | no pause | extend | 2026-03-02T17:30
        standard | 2020-12-31T23:00 | 2 months | exclude-receipt-day | no pause | extend | 2021-03-01T17:30
        standard | 2022-10-31T11:59 | 6 months | exclude-receipt-day | no pause | extend | 2023-05-04T17:30
        standard | 2025-12-29T09:30 | 2 months | exclude-receipt-day | no pause | extend | 2026-03-02T17:30
        standard | 2024-11-30T13:00 | 3 months | exclude-receipt-day | no pause | extend | 2025-02-28T17:30
        standard | 2026-07-02T20:00 | 2 months | exclude-receipt-day | no pause | extend | 2026-09-03T17:30
        standard | 2021-03-30T17:29 | 1 months | exclude-receipt-day | no pause | extend | 2021-05-04T17:30
        standard | 2020-02-29T00:00 | 24 months | exclude-receipt-day | no pause | extend | 2022-02-28T17:30
        standard | 2024-02-02T09:11 | 3 working-days | include-if-before-cutoff | 2024-02-05T02:13..2024-02-08T12:43 | extend | 2024-02-16T17:30
        commune | 2027-01-31T12:11 | 5 working-days | exclude-receipt-day | 2027-02-01T23:07..2027-02-07T01:16 | extend | 2027-02-16T17:00
        commune | 2024-02-05T12:57 | 5 working-days | working-minutes | 2024-02-08T17:13..2024-02-12T01:05 | extend | 2024-02-19T16:00
        standard | 2020-01-17T08:11 | 10 working-days | working-minutes | 2020-01-21T03:13..2020-01-23T23:30 | extend | 2020-02-11T08:11
        standard | 2027-01-22T10:23 | 10 working-days | exclude-receipt-day | 2027-01-25T22:49..2027-01-28T13:18 | extend | 2027-02-16T17:30
        standard | 2022-01-28T08:02 | 5 working-days | exclude-receipt-day | 2022-01-28T21:25..2022-01-31T02:17 | extend | 2022-02-11T17:30
        standard | 2027-01-28T15:41 | 5 working-days | working-minutes | 2027-02-02T06:39..2027-02-04T12:17 | extend | 2027-02-15T15:41
        commune | 2024-01-25T12:49 | 5 working-days | include-if-before-cutoff | 2024-01-28T03:59..2024-02-01T10:55 | extend | 2024-02-05T17:00
        commune | 2020-01-15T15:23 | 5 working-days | include-if-before-cutoff | 2020-01-20T12:14..2020-01-27T23:32 | extend | 2020-02-03T17:00
        standard | 2020-01-16T15:44 | 10 working-days | exclude-receipt-day | 2020-01-22T00:31..2020-01-26T18:25 | extend | 2020-02-07T17:30
        commune | 2022-01-20T09:02 | 10 working-days | exclude-receipt-day | 2022-01-25T09:22..2022-01-31T09:11 | extend | 2022-02-16T17:00
        commune | 2023-01-02T07:48 | 10 working-days | working-minutes | 2023-01-09T10:33..2023-01-11T02:14 | extend | 2023-01-19T09:27
        commune | 2026-02-08T09:39 | 10 working-days | working-minutes | 2026-02-16T07:01..2026-02-19T00:02 | extend | 2026-03-02T14:30
        standard | 2027-02-01T13:06 | 10 working-days | include-if-before-cutoff | 2027-02-09T00:04..2027-02-15T03:28 | extend | 2027-02-23T17:30
        standard | 2026-02-07T08:25 | 7 working-days | exclude-receipt-day | 2026-02-10T04:11..2026-02-12T02:58 | extend | 2026-02-26T17:30
        commune | 2025-01-15T17:18 | 10 working-days | working-minutes | 2025-01-21T13:23..2025-01-27T23:49 | extend | 2025-02-12T08:30
        standard | 2020-01-20T08:46 | 3 working-days | exclude-receipt-day | 2020-01-22T12:28..2020-01-29T22:58 | extend | 2020-01-31T17:30
        commune | 2025-01-09T08:10 | 3 working-days | exclude-receipt-day | 2025-01-09T08:34..2025-01-15T21:09 | extend | 2025-01-21T17:00
        commune | 2022-01-19T12:20 | 5 working-days | include-if-before-cutoff | 2022-01-20T11:44..2022-01-24T00:32 | extend | 2022-01-27T17:00
        standard | 2024-02-04T13:39 | 10 working-days | exclude-receipt-day | 2024-02-13T04:28..2024-02-16T07:41 | extend | 2024-02-26T17:30
        standard | 2022-01-22T16:51 | 7 working-days | include-if-before-cutoff | 2022-01-23T15:59..2022-01-23T19:46 | extend | 2022-02-08T17:30
        standard | 2026-02-01T07:46 | 3 working-days | include-if-before-cutoff | 2026-02-03T06:37..2026-02-06T03:54 | extend | 2026-02-09T17:30
        commune | 2022-01-14T13:41 | 3 working-days | exclude-receipt-day | 2022-01-16T17:18..2022-01-22T02:37 | extend | 2022-01-26T17:00
        standard | 2020-01-07T10:29 | 10 working-days | exclude-receipt-day | 2020-01-15T15:23..2020-01-16T06:03 | extend | 2020-01-22T17:30
        standard | 2025-09-09T13:22 | 8 working-days | exclude-receipt-day | 2025-09-10T00:29..2025-09-14T23:36, 2025-09-15T21:45..2025-09-20T20:31 | extend | 2025-09-30T17:30
        standard | 2020-02-02T13:51 | 5 working-days | working-minutes | 2020-02-04T23:58..2020-02-07T23:58, 2020-02-09T02:11..2020-02-12T02:25 | extend | 2020-02-14T17:30
        standard | 2021-11-27T14:24 | 10 working-days | exclude-receipt-day | 2021-11-29T22:36..2021-12-03T01:57, 2021-12-05T22:10..2021-12-08T00:41 | extend | 2021-12-17T17:30
        standard | 2024-10-02T12:32 | 10 working-days | exclude-receipt-day | 2024-10-05T08:10..2024-10-06T03:09, 2024-10-06T04:51..2024-10-08T21:18 | extend | 2024-10-18T17:30
        standard | 2026-09-09T12:31 | 5 working-days | working-minutes | 2026-09-11T07:12..2026-09-14T14:41, 2026-09-16T18:08..2026-09-19T14:11 | extend | 2026-09-22T09:11
        standard | 2026-12-19T16:35 | 5 working-days | include-if-before-cutoff | 2026-12-19T16:46..2026-12-24T11:43, 2026-12-25T15:57..2026-12-26T23:43 | extend | 2026-12-31T17:30
        standard | 2025-10-05T08:38 | 10 working-days | include-if-before-cutoff | 2025-10-08T04:44..2025-10-12T19:45, 2025-10-15T09:07..2025-10-16T14:05 | extend | 2025-10-23T17:30
        standard | 2020-10-04T11:24 | 8 working-days | exclude-receipt-day | 2020-10-05T13:56..2020-10-05T22:51, 2020-10-08T04:17..2020-10-12T11:46 | extend | 2020-10-19T17:30
        standard | 2023-12-03T13:43 | 10 working-days | include-if-before-cutoff | 2023-12-04T18:51..2023-12-08T00:48, 2023-12-08T02:50..2023-12-12T07:36 | extend | 2023-12-22T17:30
        standard | 2020-04-14T15:41 | 8 working-days | include-if-before-cutoff | 2020-04-15T13:03..2020-04-18T07:18, 2020-04-20T11:33..2020-04-25T05:55 | extend | 2020-05-08T17:30
        standard | 2020-11-02T14:58 | 8 working-days | working-minutes | 2020-11-03T09:52..2020-11-03T11:35, 2020-11-04T04:25..2020-11-07T06:06 | extend | 2020-11-17T16:41
        standard | 2021-03-25T11:48 | 10 working-days | include-if-before-cutoff | 2021-03-26T05:34..2021-03-28T14:25, 2021-03-30T18:38..2021-04-02T07:00 | extend | 2021-04-12T17:30
        standard | 2025-05-20T16:05 | 1 months | exclude-receipt-day | 2025-05-22T17:06..2025-05-28T06:13 | extend | 2025-06-26T17:30
        standard | 2025-09-06T13:45 | 1 months | exclude-receipt-day | 2025-09-07T03:18..2025-09-13T15:58 | extend | 2025-10-13T17:30
        standard | 2023-11-21T13:48 | 1 months | exclude-receipt-day | 2023-11-23T06:16..2023-11-29T02:16 | extend | 2023-12-27T17:30
        standard | 2026-11-19T10:40 | 1 months | exclude-receipt-day | 2026-11-23T00:34..2026-11-28T11:20 | extend | 2026-12-24T17:30
        standard | 2021-05-09T15:14 | 15 days | exclude-receipt-day | 2021-05-12T11:27..2021-05-13T10:46 | extend | 2021-05-25T17:30
        standard | 2025-04-02T13:44 | 15 days | exclude-receipt-day | 2025-04-03T08:53..2025-04-06T01:17 | extend | 2025-04-21T17:30
        standard | 2021-01-17T13:26 | 1 months | exclude-receipt-day | 2021-01-19T02:55..2021-01-27T17:06 | extend | 2021-02-25T17:30
        standard | 2023-01-04T13:54 | 30 days | exclude-receipt-day | 2023-01-07T05:10..2023-01-11T18:25 | extend | 2023-02-07T17:30
        standard | 2020-08-08T09:03 | 1 months | exclude-receipt-day | 2020-08-09T15:16..2020-08-20T10:56 | extend | 2020-09-21T17:30
        standard | 2026-04-17T16:09 | 15 days | exclude-receipt-day | 2026-04-19T10:48..2026-04-28T22:13 | extend | 2026-05-11T17:30
        standard | 2022-01-22T16:03 | 5 working-days | working-minutes | 2022-01-23T23:57..2022-02-04T00:11 | restart | 2022-02-11T17:30
        standard | 2025-12-15T15:17 | 5 working-days | exclude-receipt-day | 2025-12-15T20:03..2025-12-17T16:29 | restart | 2025-12-24T17:30
        standard | 2024-09-03T13:22 | 5 working-days | include-if-before-cutoff | 2024-09-05T00:28..2024-09-13T12:50 | restart | 2024-09-19T17:30
        standard | 2024-12-11T12:40 | 5 working-days | exclude-receipt-day | 2024-12-13T06:49..2024-12-14T20:59 | restart | 2024-12-20T17:30
        standard | 2026-07-22T16:18 | 10 working-days | working-minutes | 2026-07-23T13:02..2026-08-02T21:13 | restart | 2026-08-14T17:30
        standard | 2026-05-02T15:56 | 15 days | include-if-before-cutoff | 2026-05-05T11:55..2026-05-08T19:15 | restart | 2026-05-25T17:30
        standard | 2024-08-08T10:47 | 15 days | exclude-receipt-day | 2024-08-10T10:40..2024-08-21T11:30 | restart | 2024-09-05T17:30
        standard | 2022-10-11T11:23 | 10 working-days | exclude-receipt-day | 2022-10-13T04:41..2022-10-21T17:04 | restart | 2022-11-04T17:30
        standard | 2025-05-18T11:04 | 5 working-days | include-if-before-cutoff | 2025-05-20T08:30..2025-05-23T21:03 | restart | 2025-05-30T17:30
        standard | 2021-07-23T11:20 | 16 working-hours | include-if-before-cutoff | 2021-07-24T07:35..2021-08-03T09:39 | restart | 2021-08-05T09:39
        standard | 2020-03-16T09:16 | 7 working-days | include-if-before-cutoff | 2020-03-17T15:04..2020-03-22T10:13, 2020-03-22T13:49..2020-03-24T22:45 | phase, 5 working-days, 10 days | 2020-04-03T17:30
        standard | 2022-07-05T14:24 | 7 working-days | include-if-before-cutoff | 2022-07-06T15:28..2022-07-11T14:11, 2022-07-11T21:39..2022-07-15T01:26 | phase, 5 working-days, 20 days | 2022-08-04T17:30
        standard | 2026-02-13T12:04 | 7 working-days | exclude-receipt-day | 2026-02-13T22:05..2026-02-16T14:55, 2026-02-18T12:08..2026-02-20T12:12 | phase, 3 working-days, 10 working-days | 2026-03-06T17:30
        standard | 2023-11-15T16:54 | 7 working-days | exclude-receipt-day | 2023-11-16T15:58..2023-11-19T18:51, 2023-11-20T19:40..2023-11-24T07:44 | phase, 5 working-days, 20 days | 2023-12-14T17:30
        standard | 2024-02-18T10:18 | 7 working-days | include-if-before-cutoff | 2024-02-18T21:59..2024-02-23T19:42, 2024-02-23T20:52..2024-02-24T08:54 | phase, 5 working-days, 20 working-days | 2024-03-22T17:30
        standard | 2026-12-11T12:14 | 7 working-days | exclude-receipt-day | 2026-12-12T19:22..2026-12-13T23:57, 2026-12-14T05:57..2026-12-15T02:50 | phase, 5 working-days, 10 working-days | 2026-12-29T17:30
        standard | 2026-11-06T14:21 | 7 working-days | exclude-receipt-day | 2026-11-07T16:14..2026-11-08T08:09, 2026-11-10T06:31..2026-11-14T00:05 | phase, 5 working-days, 20 working-days | 2026-12-14T17:30
        standard | 2025-02-13T09:35 | 7 working-days | include-if-before-cutoff | 2025-02-14T20:20..2025-02-16T00:30, 2025-02-17T16:40..2025-02-22T05:00 | phase, 3 working-days, 10 working-days | 2025-03-07T17:30
        """
}
