import Foundation
import Kernel
import Testing

struct DueDateTests {
    let calendar = WorkingCalendar.vietnam

    private func due(
        _ received: Instant,
        _ term: String,
        _ rule: DueRule = DueRule(),
        pauses: [Pause] = []
    ) throws -> DueDate {
        dueDate(
            received: received,
            term: try #require(TimeLimit(term)),
            rule: rule,
            pauses: pauses,
            calendar: calendar
        )
    }

    @Test(arguments: [
        ("2019-12-20T10:00", "3 working-days", "trước ngày 01/01/2020"),
        ("2027-12-30T10:00", "5 working-days", "sau ngày 31/12/2027"),
        ("2029-05-04T10:00", "5 working-days", "sau ngày 31/12/2027"), ("2026-05-04T10:00", "5 working-days", nil),
    ])
    func `days without listed holidays are said, before the calendar as after it`(
        received: String,
        term: String,
        said: String?
    ) throws {
        let minute = try #require(LocalMinute(rawValue: received))
        let counted = try due(Instant(minute), term)
        #expect(counted.unlistedDays?.vi.contains(said ?? "…") ?? (said == nil))
        #expect(WorkingCalendar().since == nil)
    }

    /// What vendors' systems and the announcements of 2026 agree on.
    @Test(
        arguments: [
            ("2026-02-12T10:00", "3 working-days", .excludeReceiptDay, "2026-02-24T17:30"),
            ("2026-02-12T10:00", "3 working-days", .includeIfBeforeCutoff, "2026-02-23T17:30"),
            ("2026-02-12T15:10", "3 working-days", .includeIfBeforeCutoff, "2026-02-24T17:30"),
            ("2026-02-12T10:00", "24 working-hours", .workingMinutes, "2026-02-24T10:00"),
            ("2026-02-13T15:10", "same-day", .excludeReceiptDay, "2026-02-23T17:30"),
            ("2026-01-08T09:00", "2 working-days", .excludeReceiptDay, "2026-01-10T17:30"),
            ("2025-12-31T09:00", "3 working-days", .excludeReceiptDay, "2026-01-07T17:30"),
        ] as [(Instant, String, DueRule.Mode, Instant)]
    )
    func `counts the known examples`(received: Instant, term: String, mode: DueRule.Mode, at: Instant) throws {
        #expect(try due(received, term, DueRule(mode: mode)).at.localMinute == at.localMinute)
    }

    @Test(arguments: DueRule.Mode.allCases, ["5 working-days", "40 working-hours", "same-day"])
    func `five working days of pause move the due date by five working days`(
        mode: DueRule.Mode,
        term: String
    ) throws {
        // Over Tết: from Thursday 12 to Thursday 26 February are five working days and nine days of rest.
        let paused = try due(
            "2026-02-12T10:00",
            term,
            DueRule(mode: mode),
            pauses: [Pause(from: "2026-02-12T11:00", until: "2026-02-26T11:00")]
        )
        var expected = paused.original.localDate
        for _ in 1...5 { expected = calendar.workingDay(after: expected) }
        #expect(paused.at.localDate == expected)
        #expect(paused.at.localMinute.minuteOfDay == paused.original.localMinute.minuteOfDay)
    }

    @Test
    func `explains every day from receipt to due date`() throws {
        let lines = try due("2026-02-12T10:00", "3 working-days").explanation
        let story = lines.map { "\($0.when.en) [\($0.counted)] \($0.text.en) (\($0.basis?.en ?? "-"))" }
        let tet =
            "Public holiday: Lunar New Year, not counted "
            + "(Bộ luật Lao động 2019, Điều 112; Thông báo 9441/TB-BNV (16/10/2025))"
        #expect(
            story == [
                "Thursday 12/02/2026 [0] Day of receipt, not counted (Civil Code 2015, Art. 147.2)",
                "Friday 13/02/2026 [1] Working day 1 of 3 (-)",
                "Saturday 14/02/2026 [0] Weekly day of rest, not counted (-)",
                "Sunday 15/02/2026 [0] Weekly day of rest, not counted (-)",
                "Monday 16/02/2026 [0] \(tet)", "Tuesday 17/02/2026 [0] \(tet)", "Wednesday 18/02/2026 [0] \(tet)",
                "Thursday 19/02/2026 [0] \(tet)", "Friday 20/02/2026 [0] \(tet)",
                "Saturday 21/02/2026 [0] Weekly day of rest, not counted (-)",
                "Sunday 22/02/2026 [0] Weekly day of rest, not counted (-)",
                "Monday 23/02/2026 [1] Working day 2 of 3 (-)", "Tuesday 24/02/2026 [1] Working day 3 of 3 (-)",
            ]
        )
        #expect(lines.first?.when.vi == "Thứ Năm 12/02/2026")
        #expect(lines.first?.text.vi == "Ngày tiếp nhận, không tính vào thời hạn")
        #expect(lines.first?.basis?.vi == "Bộ luật Dân sự 2015, Điều 147 khoản 2")
        #expect(lines[4].text.vi == "Nghỉ lễ: Tết Nguyên đán, không tính")
    }

    @Test
    func `names the reason for each exchanged, given and made-up day`() throws {
        let swapped = try due("2025-12-31T09:00", "7 working-days").explanation
        #expect(swapped.map(\.text.vi).contains("Nghỉ hoán đổi: làm bù ngày 10/01/2026, không tính"))
        #expect(swapped.contains { $0.text.en == "Worked in exchange for 02/01/2026: working day 6 of 7" })
        #expect(swapped.contains { $0.basis?.vi == "Công văn 12729/VPCP-KGVX (25/12/2025)" })
        let given = try due("2026-04-24T09:00", "1 working-days").explanation
        #expect(given.contains { $0.text.en == "Day off in lieu: for 26/04/2026, not counted" })
        let expected = try due("2026-11-23T09:00", "1 working-days")
        #expect(expected.explanation.contains { $0.text.vi.hasPrefix("Nghỉ lễ (dự kiến): Ngày Văn hóa") })
        #expect(expected.isProvisional)
        #expect(try !due("2026-03-02T09:00", "1 working-days").isProvisional)
    }

    @Test
    func `says when the days off are not known yet`() throws {
        let late = try due("2027-12-30T09:00", "5 working-days")
        #expect(late.isProvisional)
        #expect(
            late.explanation.last?.text.en
                == "Holidays after 31/12/2027 are not known yet and were not left out: the due date may change"
        )
        #expect(late.counted == 5)
    }

    @Test
    func `the law speaks of what comes after the cut-off`() throws {
        let rule = DueRule(mode: .includeIfBeforeCutoff)
        #expect(try due("2026-03-11T15:00", "same-day").at == "2026-03-11T17:30")
        #expect(try due("2026-03-11T15:01", "same-day").at == "2026-03-12T17:30")
        #expect(try due("2026-03-11T15:00", "1 working-days", rule).at == "2026-03-11T17:30")
        #expect(try due("2026-03-11T15:01", "1 working-days", rule).at == "2026-03-12T17:30")
        var earlier = rule
        earlier.cutoff = 10 * 60
        #expect(try due("2026-03-11T10:30", "1 working-days", earlier).at == "2026-03-12T17:30")
        let line = try due("2026-03-11T15:10", "same-day").explanation[0]
        #expect(line.text.vi == "Sau 15:00 của ngày tiếp nhận: tính từ ngày làm việc tiếp theo")
        #expect(line.basis?.vi == "Nghị định 118/2025/NĐ-CP")
        #expect(try due("2024-03-12T15:10", "same-day").explanation[0].basis?.en == "Decree 61/2018/NĐ-CP, Art. 18")
    }

    @Test
    func `an office that closes before the cut-off gives no result after it closed`() {
        for (received, at) in [
            ("2026-03-14T11:59", "2026-03-14T12:00"), ("2026-03-14T12:00", "2026-03-16T17:30"),
            ("2026-03-14T14:00", "2026-03-16T17:30"),
        ] as [(Instant, Instant)] {
            let term = TimeLimit(amount: 1, unit: .sameDay)
            #expect(dueDate(received: received, term: term, calendar: .saturday).at == at)
        }
    }

    @Test
    func `months end on the corresponding day or the last of the month`() throws {
        #expect(try due("2023-01-31T09:00", "1 months").at == "2023-02-28T17:30")
        #expect(try due("2024-01-31T09:00", "1 months").at == "2024-02-29T17:30")
        // 28 February 2026 is a Saturday.
        let moved = try due("2026-01-31T09:00", "1 months")
        #expect(moved.at == "2026-03-02T17:30")
        #expect(moved.unit == .months && moved.counted == 1)
        #expect(
            moved.explanation.map(\.when.en) == [
                "Saturday 31/01/2026", "01/02/2026–28/02/2026", "Saturday 28/02/2026", "Sunday 01/03/2026",
                "Monday 02/03/2026",
            ]
        )
        #expect(moved.explanation.last?.basis?.en == "Civil Code 2015, Art. 148.5")
    }

    @Test
    func `calendar days run through days of rest and end on a working day`() throws {
        let due = try due("2026-02-02T16:00", "15 days")
        #expect(due.at == "2026-02-23T17:30")
        #expect(due.explanation[1].text.vi == "Tính 15 ngày, kể từ ngày tiếp theo ngày tiếp nhận")
        #expect(due.explanation[1].when.vi == "03/02/2026–17/02/2026")
        #expect(due.counted == 15)
    }

    @Test
    func `hours are explained by stretches of work`() throws {
        let due = try due("2026-03-06T16:00", "4 working-hours")
        #expect(due.at == "2026-03-09T10:30")
        #expect(
            due.explanation.map { "\($0.when.vi): \($0.text.vi)" } == [
                "Thứ Sáu 06/03/2026 16:00–17:30: Tính 1 giờ 30 phút làm việc, còn 2 giờ 30 phút",
                "Thứ Bảy 07/03/2026: Ngày nghỉ hằng tuần, không tính",
                "Chủ Nhật 08/03/2026: Ngày nghỉ hằng tuần, không tính",
                "Thứ Hai 09/03/2026 08:00–10:30: Tính 2 giờ 30 phút làm việc, còn 0 giờ",
            ]
        )
        #expect(due.explanation.map(\.counted) == [90, 0, 0, 150])
    }

    @Test
    func `the first answer is due eight working hours after filing`() {
        // Saturday 23:00 waits for Monday 08:00.
        #expect(firstAnswerDue(filed: "2026-03-14T23:00", calendar: calendar).at == "2026-03-16T17:30")
        #expect(firstAnswerDue(filed: "2026-03-16T10:00", calendar: calendar).at == "2026-03-17T10:00")
        #expect(firstAnswerDue(filed: "2026-02-13T17:30", calendar: calendar).at == "2026-02-23T17:30")
        let answer = firstAnswerDue(filed: "2026-03-13T20:00", calendar: calendar)
        #expect(
            answer.explanation.first?.text.en
                == "After working hours on the day of receipt: counted from the next working day"
        )
        #expect(answer.counted == 480 && answer.unit == .workingMinutes)
    }

    @Test
    func `a pause extends by the working time waited, and says so`() throws {
        let pause = Pause(from: "2026-03-03T10:00", until: "2026-03-06T09:00")
        let paused = try due("2026-03-02T09:00", "3 working-days", pauses: [pause])
        #expect(paused.original == "2026-03-05T17:30")
        #expect(paused.at == "2026-03-10T17:30")
        #expect(
            paused.explanation.dropFirst(4).map(\.text.vi) == [
                "Tạm dừng từ 10:00 03/03/2026 đến 09:00 06/03/2026: kéo dài thêm 3 ngày làm việc",
                "Ngày làm việc cộng thêm do tạm dừng, thứ 1/3",
                "Ngày nghỉ hằng tuần, không tính", "Ngày nghỉ hằng tuần, không tính",
                "Ngày làm việc cộng thêm do tạm dừng, thứ 2/3", "Ngày làm việc cộng thêm do tạm dừng, thứ 3/3",
            ]
        )
        #expect(paused.counted == 3 && !paused.isPaused)
    }

    @Test
    func `a pause within one working day moves a term in hours but not one in days`() throws {
        let pause = Pause(from: "2026-03-03T10:00", until: "2026-03-03T16:00")
        let paused = try due("2026-03-02T09:00", "1 working-days", pauses: [pause])
        #expect(paused.at == paused.original)
        let timed = try due("2026-03-02T09:00", "10 working-hours", pauses: [pause])
        #expect(timed.original == "2026-03-03T11:00")
        // One hour of the term was left.
        #expect(timed.at == "2026-03-03T17:00")
    }

    @Test
    func `an answer on the due day after closing leaves the next working day`() throws {
        let pause = Pause(from: "2026-03-05T10:00", until: "2026-03-06T20:00")
        #expect(try due("2026-03-02T09:00", "3 working-days", pauses: [pause]).at == "2026-03-09T17:30")
        #expect(try due("2026-03-02T09:00", "3 days", pauses: [pause]).at == "2026-03-09T17:30")
    }

    @Test
    func `restart and phase count from the end of the pause`() throws {
        let pauses = [
            Pause(from: "2026-03-03T10:00", until: "2026-03-05T09:00"),
            Pause(from: "2026-03-06T10:00", until: "2026-03-11T09:00"),
            Pause(from: "2026-03-12T10:00", until: "2026-03-13T09:00"),
        ]
        let restarted = try due("2026-03-02T09:00", "3 working-days", DueRule(resume: .restart), pauses: pauses)
        #expect(restarted.at == "2026-03-18T17:30" && restarted.original == "2026-03-05T17:30")
        #expect(restarted.counted == 3 && restarted.term == 3)
        #expect(
            restarted.explanation.map(\.text.vi).contains("Ngày tiếp tục giải quyết, không tính vào thời hạn")
        )
        #expect(restarted.explanation.count { $0.text.en.hasSuffix("the count starts anew") } == 3)

        let phases = DueRule(
            resume: .phase,
            phases: [TimeLimit(amount: 5, unit: .workingDays), TimeLimit(amount: 4, unit: .days)]
        )
        let phased = try due("2026-03-02T09:00", "3 working-days", phases, pauses: pauses)
        #expect(phased.at == "2026-03-17T17:30")
        #expect(phased.unit == .days && phased.term == 4 && phased.counted == 4)
        let first = try due("2026-03-02T09:00", "3 working-days", phases, pauses: [pauses[0]])
        #expect(first.at == "2026-03-12T17:30" && first.counted == 5)
        let without = try due("2026-03-02T09:00", "3 working-days", DueRule(resume: .phase), pauses: pauses)
        #expect(without.at == restarted.at)
    }

    @Test(arguments: DueRule.Resume.allCases)
    func `a pause that begins when the dossier is already due changes nothing`(resume: DueRule.Resume) throws {
        let pause = Pause(from: "2026-03-05T17:30", until: "2026-03-20T09:00")
        let due = try due("2026-03-02T09:00", "3 working-days", DueRule(resume: resume), pauses: [pause])
        #expect(due.at == "2026-03-05T17:30" && due.counted == 3)
        #expect(due.explanation.last?.text.en == "Paused from 17:30 05/03/2026, when already due: not extended")
    }

    @Test
    func `a pause that lasts leaves the due date as it was and says that it waits`() throws {
        let due = try due("2026-03-02T09:00", "3 working-days", pauses: [Pause(from: "2026-03-03T10:00")])
        #expect(due.isPaused && due.at == due.original && due.counted == 3)
        #expect(due.explanation.last?.text.vi == "Tạm dừng từ 10:00 03/03/2026: hạn được tính lại khi tiếp tục")
    }

    @Test
    func `pauses that overlap or touch are waited for once`() throws {
        let whole = [Pause(from: "2026-03-03T10:00", until: "2026-03-12T10:00")]
        let parts = [
            Pause(from: "2026-03-06T12:00", until: "2026-03-12T10:00"),
            Pause(from: "2026-03-03T10:00", until: "2026-03-06T12:00"),
            Pause(from: "2026-03-04T10:00", until: "2026-03-05T10:00"),
            Pause(from: "2026-03-05T10:00", until: "2026-03-05T10:00"),
        ]
        for term in ["5 working-days", "40 working-hours", "9 days", "1 months"] {
            #expect(
                try due("2026-03-02T09:00", term, pauses: parts).at == due("2026-03-02T09:00", term, pauses: whole).at
            )
        }
    }

    @Test
    func `a rule is read with any of its parts left out`() throws {
        func read(_ text: String) throws -> DueRule { try JSONDecoder().decode(DueRule.self, from: Data(text.utf8)) }
        #expect(try read("{}") == DueRule())
        let rule = try read(
            #"{"mode": "include-if-before-cutoff", "cutoff": "16:30", "resume": "phase", "phases": [{"amount": 2, "unit": "days"}]}"#
        )
        #expect(rule.mode == .includeIfBeforeCutoff && rule.cutoff == 990 && rule.resume == .phase)
        #expect(try JSONDecoder().decode(DueRule.self, from: JSONEncoder().encode(rule)) == rule)
        #expect(throws: DecodingError.self) { try read(#"{"cutoff": "25:00"}"#) }
    }

    @Test
    func `a line is told to programs with both languages`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try due("2026-03-06T16:00", "1 working-hours").explanation[0]
        #expect(
            String(decoding: try encoder.encode(line), as: UTF8.self) == """
                {"basis":{"en":"Civil Code 2015, Art. 147.1","vi":"Bộ luật Dân sự 2015, Điều 147 khoản 1"},\
                "counted":60,\
                "day":{"en":"Friday 06/03/2026 16:00–17:00","vi":"Thứ Sáu 06/03/2026 16:00–17:00"},\
                "from":"2026-03-06","hours":"16:00-17:00",\
                "text":{"en":"1 h of work counted, 0 h left","vi":"Tính 1 giờ làm việc, còn 0 giờ"},\
                "until":"2026-03-06"}
                """
        )
    }
}
