import Kernel
import Testing
import Web

@testable import Forecasting

struct ArrivalLogReaderTests {
    @Test
    func `half hours are read with all that is known of them`() {
        let reading = ArrivalLogReader(
            "day,slot,queue,arrivals,served,counters,waiting\n2026-11-25,08:30,A,12,10,2,3.5\n"
        )
        #expect(reading.kind == .halfHours && reading.faults.isEmpty)
        #expect(
            reading.rows == [
                ArrivalLog.Row(
                    day: LocalDate(year: 2026, month: 11, day: 25)!,
                    halfHour: HalfHour.all[17],
                    queue: "A",
                    arrivals: 12,
                    served: 10,
                    counters: 2,
                    waiting: 3.5
                )
            ]
        )
    }

    @Test(arguments: [
        "office,date,slot_min,arrivals,served,waiting_total_mean,waiting_total_max,counters_mean,weekday\n"
            + "A,2026-11-25,510,12.0,0.0,4.0,4,2.0,Mon\n",
        "Ngày;Khung giờ;Lĩnh vực;Số người\r\n25/11/2026;8:30;A;12\r\n",
        "\u{FEFF}date,minute,field,arrivals\n2026-11-25,515,A,12",
        "time,queue\n" + String(repeating: "2026-11-25T08:41:07,A\n", count: 12),
        "sep=;\nngày;giờ;lĩnh vực;số người;số quầy\n25/11/2026;8h30;A;12,0;1,5\n",
        "ngày\tgiờ\tlĩnh vực\tsố người\n25/11/2026\t8 giờ 30\tA\t12\n",
        "ngày,giờ,lĩnh vực,số người\n25/11/2026,08:30:15,A,12\n", "date,slot,queue,arrivals\n25/11/2026,8:30 SA,A,12\n",
        "thời gian,queue\n" + String(repeating: "25/11/2026 08:41:12,A\n", count: 12),
        "time,queue\n" + String(repeating: "2026-11-25T01:41:07Z,A\n", count: 12),
        "time,queue\n" + String(repeating: "2026-11-24 20:41:07-05:00,A\n", count: 12),
        "time,queue\n" + String(repeating: "8h41 25/11/2026,A\n", count: 12),
    ])
    func `many kinds of logs say the same`(text: String) {
        let reading = ArrivalLogReader(text)
        #expect(reading.faults.isEmpty, "\(reading.faults)")
        let log = ArrivalLog(reading.rows)
        #expect(log.queues == ["A"])
        #expect(log.histories.first?.arrivals[17] == 12)
        #expect(log.histories.first?.arrivals.reduce(0, +) == 12)
    }

    @Test
    func `the day stands first where the heading is Vietnamese or another row shows it`() {
        for text in ["ngày,giờ,số người\n01/10/2026,8h,5", "date,slot,arrivals\n01/10/2026,8:00,5\n13/10/2026,8:00,1"] {
            let reading = ArrivalLogReader(text)
            #expect(reading.rows.first?.day == LocalDate(year: 2026, month: 10, day: 1), "\(text)")
            #expect(reading.faults.isEmpty)
        }
    }

    @Test(arguments: [
        "date,slot,arrivals\n01/10/2026,8:00,5\n02/10/2026,8:00,5\n",
        "ngày,giờ,số người\n01/10/2026,8h,5\n10/25/2026,8h,5\n", "time\n01/10/2026 08:00\n03/04/2026 09:00\n",
    ])
    func `an ambiguous order of month and day is refused and never guessed`(text: String) {
        let reading = ArrivalLogReader(text)
        #expect(reading.rows.isEmpty)
        #expect(reading.faults.map(\.line) == [2, 3])
        #expect(reading.faults.first?.words.vi.contains("hai ngày khác nhau") == true)
    }

    @Test(arguments: [("1,5", 1.5), ("2", 2), ("3.5", 3.5), ("\"1,25\"", 1.25)])
    func `decimals are written with a comma or a point`(typed: String, number: Double) {
        let reading = ArrivalLogReader("sep=;\nngày;giờ;số người;số quầy\n25/11/2026;8h30;3;\(typed)\n")
        #expect(reading.rows.map(\.counters) == [number], "\(reading.faults)")
    }

    @Test(arguments: ["1.500", "1,5,0", "1,", ",5", "1.234,5"])
    func `a number that may be two is refused with its line`(typed: String) {
        let reading = ArrivalLogReader("sep=;\nngày;giờ;số người;số quầy\n25/11/2026;8h30;3;\(typed)\n")
        #expect(reading.rows.isEmpty)
        #expect(reading.faults.map(\.line) == [3])
    }

    @Test(arguments: ["24h00", "8h60", "8h5", "h30", "8:3", "8:30:99", "13:00 PM", "8::30", "-8:30"])
    func `what is no time of day is none`(typed: String) { #expect(WrittenMoment.timeOfDay(typed) == nil) }

    @Test
    func `a row that makes no sense is named with its line, and the others are read`() {
        let reading = ArrivalLogReader(
            """
            day,slot,queue,arrivals
            2026-02-30,08:30,A,1
            2026-11-25,25:00,A,1
            2026-11-25,08:30,A,-3
            2026-11-25,08:30,A,nan
            2026-11-25,08:30,A,1e99
            2026-11-25,08:30,A,
            2026-11-25,08:30
            ,,,
            2026-11-25,1440,A,1
            2026-11-25,08:30,"A
            B",7
            2026-11-25,08:30,A,<script>alert(1)</script>
            2026-11-25,09:00,A,7
            """
        )
        #expect(reading.rows.map(\.arrivals) == [7, 7])
        #expect(reading.faults.compactMap(\.line) == [2, 3, 4, 5, 6, 7, 8, 9, 10, 13])
        for fault in reading.faults {
            #expect(fault.words.vi.contains("hãy") && fault.words.en.count > 20 && fault.words.vi.count < 200)
        }
    }

    @Test(arguments: [
        "", "\n\n", "x,y\n1,2\n", "a,\"b\n1,2\n", "arrivals\n1\n", "day,arrivals\n2026-11-25,1\n", "\u{0}\u{1}",
    ])
    func `what is no log is refused with a remedy`(text: String) {
        let reading = ArrivalLogReader(text)
        #expect(reading.kind == nil && reading.rows.isEmpty && reading.faults.count == 1)
    }

    static func readings(_ rows: [(Int, Int, Int?)]) -> [TicketSeries.Reading] {
        rows.map { TicketSeries.Reading(minute: $0.0, waiting: Double($0.1), ticket: $0.2, counters: 2) }
    }

    static let key = TicketSeries.Key(day: LocalDate(year: 2026, month: 11, day: 25)!, queue: "A")

    @Test
    func `from the number called and those waiting follows who came`() {
        // Three wait, then four are called while five wait: six came.
        let rows = TicketSeries(Self.readings([(480, 3, 1), (485, 5, 5), (515, 5, 7)])).rows(Self.key)
        #expect(rows.map(\.arrivals) == [9, 2])
        #expect(rows.map(\.served) == [4, 2])
        #expect(rows.map(\.counters) == [2, 2])
    }

    @Test
    func `a new series of numbers is no crowd, and no crowd of minus people`() {
        let rows = TicketSeries(Self.readings([(480, 3, 98), (485, 3, 2), (490, 4, 3), (495, 4, 500)])).rows(Self.key)
        #expect(rows.map(\.arrivals) == [5])
        #expect(rows.map(\.served) == [1])
    }

    @Test
    func `a queue without numbers yet is not lost`() {
        let rows = TicketSeries(Self.readings([(479, 2, nil), (485, 4, nil), (490, 3, 1)])).rows(Self.key)
        #expect(rows.map(\.arrivals).reduce(0, +) == 4)
    }

    @Test
    func `a silent day of a small queue is a zero, of a busy one it is unknown`() {
        var rows: [ArrivalLog.Row] = []
        for day in 0..<10 {
            let date = LocalDate(year: 2026, month: 11, day: 2 + day)!
            if day != 4 { rows.append(.init(day: date, halfHour: HalfHour.all[18], queue: "busy", arrivals: 40)) }
            if day % 5 == 0 { rows.append(.init(day: date, halfHour: HalfHour.all[18], queue: "small", arrivals: 1)) }
            rows.append(.init(day: date, halfHour: HalfHour.all[18], queue: "other", arrivals: 90))
        }
        let log = ArrivalLog(rows)
        #expect(log.histories.map(\.queue) == ["busy", "other", "small"])
        #expect(log.histories[0].isObserved.count { !$0 } == 1)
        #expect(log.histories[2].isObserved.count { $0 } == 10)
    }
}
