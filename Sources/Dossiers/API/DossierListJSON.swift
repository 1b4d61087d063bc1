import DossierCore
import Hummingbird
import Kernel
import NIOCore
import Web

/// A list of dossiers as JSON, the same as `ListShape<DossierShape>` encodes to, written in one pass.
///
/// Lists of fifty rows are what programs and screens ask for most, and building a dictionary per row would take longer
/// than reading the rows.
func dossierList(_ rows: [DossierRow], next: String?, _ context: some AudienceContext) -> Response {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(80 + rows.count * 560)
    bytes += #"{"items":["#.utf8
    for (index, row) in rows.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(row)
    }
    bytes += "]".utf8
    if let next {
        bytes += #","next":"#.utf8
        bytes.append(quoted: next)
    }
    bytes += "}".utf8
    return Response(
        status: .ok,
        headers: [
            .contentType: "application/json; charset=utf-8", .contentLanguage: context.language.rawValue,
            .cacheControl: "no-store",
        ],
        body: .init(byteBuffer: ByteBuffer(bytes: bytes))
    ).tagged(entityTag(of: bytes), context.visit)
}

extension [UInt8] {
    /// In the order of the keys' names.
    fileprivate mutating func append(_ row: DossierRow) {
        self += #"{"agency":"#.utf8
        append(quoted: row.agency.rawValue)
        append("applicantName", row.applicantName)
        append("channel", row.channel.rawValue)
        append("code", row.code.rawValue)
        if let due = row.dueAt { append("dueAt", due.iso8601) }
        append("filedAt", row.filedAt.iso8601)
        if let finished = row.finishedAt { append("finishedAt", finished.iso8601) }
        if let due = row.firstAnswerDue { append("firstAnswerDueAt", due.iso8601) }
        append("id", row.id.rawValue)
        self += #","nationalState":"#.utf8
        self += String(row.stage.nationalState ?? 0).utf8
        if let wanted = row.wanted {
            append("opinion", wanted.id.rawValue)
            append("opinionBy", wanted.answerBy.rawValue)
        }
        if let due = row.standing.partDue { append("partDueAt", due.iso8601) }
        if let partner = row.standing.partner { append("partner", partner.rawValue) }
        append("procedure", row.procedureCode)
        append("procedureName", row.procedureName)
        append("returnBy", row.returnBy.rawValue)
        append("stage", row.stage.rawValue)
        append("updatedAt", row.updatedAt.iso8601)
        self += #","version":"#.utf8
        self += String(row.version).utf8
        append(UInt8(ascii: "}"))
    }

    private mutating func append(_ key: StaticString, _ value: String) {
        self += #",""#.utf8
        key.withUTF8Buffer { self += $0 }
        self += #"":"#.utf8
        append(quoted: value)
    }
}
