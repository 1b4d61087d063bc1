import Agencies
import DossierCore
import Hummingbird
import Kernel
import NIOCore
import Spreadsheets
import Web

/// The register as a file, read and sent a part at a time, so that a year of a province needs no more memory than a
/// page.
struct RegisterExport {
    let book: DossierBook
    let query: RegisterQuery
    let now: Instant
    let say: Language
    let agency: String
    let officer: String

    /// Lines read at once.
    private static let part = 500

    private var columns: RegisterColumns { RegisterColumns(query, now: now, say) }

    /// Calls `body` with the lines of one part after the other and the number of the first of them.
    private func parts(_ body: ([RegisterEntry], Int) async throws -> Void) async throws -> Int {
        var place: RegisterPlace?
        var count = 0
        repeat {
            let part = try await book.register(
                query.filter,
                of: query.agencies.map(\.id),
                now: now,
                after: place,
                limit: Self.part
            )
            try await body(part.entries, count + 1)
            count += part.entries.count
            place = part.next
        } while place != nil
        return count
    }

    func csv() -> ResponseBody {
        ResponseBody { writer in
            let columns = columns
            try await writer.write(
                ByteBuffer(bytes: CSVTable.byteOrderMark + CSVTable.line(columns.columns.map { .text($0.heading) }))
            )
            _ = try await parts { entries, first in
                var bytes: [UInt8] = []
                for (index, entry) in entries.enumerated() {
                    bytes += CSVTable.line(columns.cells(entry, number: first + index))
                }
                try await writer.write(ByteBuffer(bytes: bytes))
            }
            try await writer.finish(nil)
        }
    }

    func workbook() -> ResponseBody {
        ResponseBody { writer in
            let columns = columns
            let book = try Workbook(made: now.localMinute)
            try book.beginSheet(say("Sổ theo dõi hồ sơ", "Register"), columns.columns)
            let count = try await parts { entries, first in
                for (index, entry) in entries.enumerated() {
                    try book.append(columns.cells(entry, number: first + index))
                }
                let bytes = book.take()
                if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
            }
            try describe(count, in: book)
            try await writer.write(ByteBuffer(bytes: try book.finish()))
            try await writer.finish(nil)
        }
    }

    /// A sheet that says what the file is, so that it can be told from another one later.
    private func describe(_ count: Int, in book: Workbook) throws {
        try book.beginSheet(
            say("Thông tin", "About"),
            [SheetColumn(say("Mục", "What"), width: 24), SheetColumn(say("Nội dung", "Value"), width: 60)]
        )
        let filter = query.filter
        let lines: [(String, Cell)] = [
            (say("Cơ quan lập", "Agency"), .text(agency)),
            (say("Tính theo", "By"), .text(say(filter.basis.words))),
            (say("Từ ngày", "From"), .date(filter.from)),
            (say("Đến ngày", "To"), .date(filter.to)),
            (say("Chọn lọc", "Choice"), .text(query.selection.map { say($0) })),
            (say("Số hồ sơ", "Dossiers"), .number(count)),
            (say("Lập lúc", "Made at"), .minute(now.localMinute)),
            (say("Người lập", "Made by"), .text(officer)),
        ]
        for (name, value) in lines { try book.append([.text(name), value]) }
    }
}
