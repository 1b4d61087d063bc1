import Kernel
package import Web

/// Reads an office's log from a table. Which of three kinds it is, its header tells:
///
/// - one row per queue and half hour: a day (`day`, `date`, `ngay`), a half hour (`slot` as `08:30`, or `slot_min` as
///   minutes since midnight), how many came (`arrivals`), and, where known, `served`, `counters`, `waiting`;
/// - one row per person: `time` as `2026-11-25T08:41`, nothing about how many;
/// - readings of a ticket machine every few minutes: a day, `minute`, `waiting`, `current_ticket`, `counters`.
///
/// The queue is what `queue`, `queue_id` or `field` says; where there is none, the `office`; where there is none
/// either, everybody stands in one. A row that makes no sense is left out and named.
///
/// Tables come from spreadsheets of two worlds: with commas or semicolons between cells, with a point or a comma before
/// decimals, with days written in either order. Where it cannot be known which was meant, nothing is guessed.
package struct ArrivalLogReader: Sendable {
    /// What is wrong with a line, and what to do.
    package struct Fault: Hashable, Sendable {
        /// Nil when it is the table as a whole.
        package let line: Int?
        package let words: Words
    }

    package enum Kind: String, Codable, Sendable { case halfHours = "half-hours", people, readings }

    package private(set) var rows: [ArrivalLog.Row] = []
    package private(set) var faults: [Fault] = []
    /// Nil when the header does not tell.
    package private(set) var kind: Kind?

    private enum Column: CaseIterable {
        case time, day, slot, minute, office, queue, arrivals, served, counters, waiting, ticket

        /// As found in logs of ticket machines and spreadsheets; compared without accents and capitals.
        var names: [String] {
            switch self {
            case .time: ["time", "at", "arrived_at", "thoi_gian", "thoi_diem"]
            case .day: ["day", "date", "ngay"]
            case .slot: ["slot", "slot_min", "half_hour", "khung_gio", "gio"]
            case .minute: ["minute", "phut"]
            case .office: ["office", "agency", "co_quan", "noi_tiep"]
            case .queue: ["queue", "queue_id", "field", "linh_vuc", "hang_doi"]
            case .arrivals: ["arrivals", "arrived", "so_nguoi", "luot_den"]
            case .served: ["served", "da_phuc_vu"]
            case .counters: ["counters", "counters_mean", "so_quay"]
            case .waiting: ["waiting", "waiting_total_mean", "dang_cho"]
            case .ticket: ["current_ticket", "ticket", "so_dang_goi"]
            }
        }
    }

    private var places: [Column: Int] = [:]
    private var order = WrittenMoment.Order(of: [], isVietnamese: true)
    /// Whether cells are parted by something else than commas, so that a comma may stand before decimals.
    private var hasDecimalCommas = false
    /// Lines in front of the heading.
    private var skipped = 0

    package init(_ typed: String) {
        let (text, separator, skipped) = ArrivalLogReader.cut(typed)
        self.skipped = skipped
        hasDecimalCommas = separator != UInt8(ascii: ",")
        let csv: CSV
        do throws(CSV.Fault) {
            csv = try CSV(text, separator: separator)
        } catch {
            switch error {
            case .empty: refuse(nil, "Tệp không có dòng nào.", "The file has no line.")
            case .quoteNeverEnds(let line):
                refuse(
                    line,
                    "Dấu ngoặc kép mở mà không đóng; hãy đóng lại hoặc xóa đi.",
                    "A quote opens and never closes; close it or take it out."
                )
            }
            return
        }
        let header = csv.header.map { $0.folded.replacing(" ", with: "_") }
        for column in Column.allCases {
            if let place = column.names.lazy.compactMap({ header.firstIndex(of: $0) }).first { places[column] = place }
        }
        guard let kind = recognized() else {
            refuse(
                1,
                "Không nhận ra các cột. Cần: day (ngày), slot (khung giờ), arrivals (số người đến); hoặc time cho từng "
                    + "người; hoặc day, minute, waiting, current_ticket của máy lấy số.",
                "The columns are not recognised. Needed: day, slot, arrivals; or time, one row per person; or day, "
                    + "minute, waiting, current_ticket of a ticket machine."
            )
            return
        }
        self.kind = kind
        let moments = places[.day] ?? places[.time]
        let isVietnamese = moments.map { ["ngay", "thoi_gian", "thoi_diem"].contains(header[$0]) } ?? false
        order = WrittenMoment.Order(
            of: csv.records.compactMap { record in
                moments.flatMap { $0 < record.fields.count ? record.fields[$0] : nil }
            },
            isVietnamese: isVietnamese
        )
        switch kind {
        case .halfHours: for record in csv.records { readHalfHour(record) }
        case .people: for record in csv.records { readPerson(record) }
        case .readings: readReadings(csv.records)
        }
    }

    /// The table without the line `sep=;` that some spreadsheets write first, what parts its cells, and how many lines
    /// were left out.
    private static func cut(_ typed: String) -> (text: String, separator: UInt8, skipped: Int) {
        let text = typed.hasPrefix("\u{FEFF}") ? String(typed.dropFirst()) : typed
        let line = text.prefix { !$0.isNewline }
        if line.lowercased().hasPrefix("sep="), line.utf8.count == 5, let separator = line.utf8.last {
            return (String(text.dropFirst(line.count + 1)), separator, 1)
        }
        if line.contains(",") { return (text, UInt8(ascii: ","), 0) }
        return (text, line.contains(";") ? UInt8(ascii: ";") : UInt8(ascii: line.contains("\t") ? "\t" : ","), 0)
    }

    private func recognized() -> Kind? {
        func has(_ columns: Column...) -> Bool { columns.allSatisfy { places[$0] != nil } }
        if has(.arrivals), has(.time) || has(.day, .slot) || has(.day, .minute) { return .halfHours }
        if has(.day, .minute, .waiting) { return .readings }
        return has(.time) ? .people : nil
    }

    // MARK: - One row

    private mutating func readHalfHour(_ record: CSV.Record) {
        guard let (day, minute) = when(record), let arrivals = number(.arrivals, record, isNeeded: true) else { return }
        var row = ArrivalLog.Row(day: day, halfHour: minute, queue: queue(record), arrivals: arrivals.value ?? 0)
        guard let served = number(.served, record), let counters = number(.counters, record),
            let waiting = number(.waiting, record)
        else { return }
        (row.served, row.counters, row.waiting) = (served.value, counters.value, waiting.value)
        rows.append(row)
    }

    private mutating func readPerson(_ record: CSV.Record) {
        guard let (day, half) = when(record) else { return }
        rows.append(ArrivalLog.Row(day: day, halfHour: half, queue: queue(record), arrivals: 1))
    }

    private mutating func readReadings(_ records: [CSV.Record]) {
        var series: [TicketSeries.Key: [TicketSeries.Reading]] = [:]
        for record in records {
            guard let (day, _) = when(record), let waiting = number(.waiting, record, isNeeded: true),
                let ticket = number(.ticket, record), let counters = number(.counters, record),
                let minute = Int(typed: cell(.minute, record) ?? "", in: 0...1439)
            else { continue }
            series[TicketSeries.Key(day: day, queue: queue(record)), default: []].append(
                TicketSeries.Reading(
                    minute: minute,
                    waiting: waiting.value ?? 0,
                    ticket: ticket.value.map { Int($0) },
                    counters: counters.value
                )
            )
        }
        for (key, readings) in series.sorted(by: { ($0.key.day, $0.key.queue) < ($1.key.day, $1.key.queue) }) {
            rows += TicketSeries(readings).rows(key)
        }
    }

    // MARK: - One cell

    private func cell(_ column: Column, _ record: CSV.Record) -> String? {
        guard let place = places[column], place < record.fields.count else { return nil }
        let text = record.fields[place].tidied
        return text.isEmpty ? nil : text
    }

    private func queue(_ record: CSV.Record) -> String {
        let office = cell(.office, record)
        guard let queue = cell(.queue, record) else { return office ?? "" }
        // A file of several offices numbers its queues anew in each.
        return office.map { "\($0)/\(queue)" } ?? queue
    }

    private mutating func when(_ record: CSV.Record) -> (LocalDate, HalfHour)? {
        if places[.day] == nil || (places[.slot] == nil && places[.minute] == nil) {
            let text = cell(.time, record) ?? ""
            guard isPlain(text, record) else { return nil }
            guard let minute = WrittenMoment.minute(text), (1990...2200).contains(minute.date.civil.year) else {
                refuse(
                    record.line,
                    "Thời điểm “\(text)” không đọc được; hãy viết như 2026-11-25T08:30 hoặc 25/11/2026 08:30.",
                    "The time “\(text)” cannot be read; write it as 2026-11-25T08:30 or 25/11/2026 08:30."
                )
                return nil
            }
            return (minute.date, HalfHour(of: minute))
        }
        let dayText = cell(.day, record) ?? ""
        guard isPlain(dayText, record) else { return nil }
        guard let day = LocalDate(vietnamese: dayText), (1990...2200).contains(day.civil.year) else {
            refuse(
                record.line,
                "Ngày “\(dayText)” không có trong lịch; hãy viết như 2026-11-25 hoặc 25/11/2026.",
                "There is no day “\(dayText)”; write it as 2026-11-25 or 25/11/2026."
            )
            return nil
        }
        let text = cell(.slot, record) ?? cell(.minute, record) ?? ""
        let minute = WrittenMoment.timeOfDay(text) ?? Int(typed: text, in: 0...1439)
        guard let minute, let half = HalfHour(minuteOfDay: minute) else {
            refuse(
                record.line,
                "Giờ “\(text)” không có trong ngày; hãy viết như 08:30 hoặc 8h30, hoặc số phút từ nửa đêm (0–1439).",
                "There is no time of day “\(text)”; write it as 08:30, or as minutes since midnight (0–1439)."
            )
            return nil
        }
        return (day, half)
    }

    /// Whether a day is one day only; told where it is not.
    private mutating func isPlain(_ text: String, _ record: CSV.Record) -> Bool {
        guard order.isAmbiguous(text) else { return true }
        refuse(
            record.line,
            "“\(text)” có thể là hai ngày khác nhau: không rõ tháng hay ngày đứng trước; hãy viết như 2026-11-25.",
            "“\(text)” may be two different days: whether the month or the day stands first is not known; write 2026-11-25."
        )
        return false
    }

    /// `1.5`, or `1,5` where cells are not parted by commas or the cell is quoted. `1.500` may then be one and a half or
    /// fifteen hundred and is no number.
    private func figure(_ text: String) -> Double? {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count == 2, !text.contains(".") {
            return Double(typed: parts.joined(separator: "."), in: 0...100_000)
        }
        let thousands = text.split(separator: ".", omittingEmptySubsequences: false)
        if hasDecimalCommas, thousands.count > 1, thousands.dropFirst().allSatisfy({ $0.utf8.count == 3 }) {
            return nil
        }
        return Double(typed: text, in: 0...100_000)
    }

    /// A number that may be left out.
    private struct Figure { let value: Double? }

    /// Nil when the cell holds nonsense.
    private mutating func number(_ column: Column, _ record: CSV.Record, isNeeded: Bool = false) -> Figure? {
        guard let text = cell(column, record) else {
            if !isNeeded { return Figure(value: nil) }
            refuse(
                record.line,
                "Thiếu số ở cột \(column.names[0]); hãy ghi 0 nếu không có ai.",
                "There is no number under \(column.names[0]); write 0 if there was nobody."
            )
            return nil
        }
        guard let value = figure(text) else {
            refuse(
                record.line,
                "“\(text.prefix(40))” ở cột \(column.names[0]) không phải số từ 0 đến 100000; hãy sửa lại.",
                "“\(text.prefix(40))” under \(column.names[0]) is no number from 0 to 100000; correct it."
            )
            return nil
        }
        return Figure(value: value)
    }

    private mutating func refuse(_ line: Int?, _ vietnamese: String, _ english: String) {
        faults.append(Fault(line: line.map { $0 + skipped }, words: Words(vietnamese, english)))
    }
}
