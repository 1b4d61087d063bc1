import Agencies
import Catalogue
import Hummingbird
import Kernel
import Web

/// What somebody has chosen so far, as the address of the page says it.
struct BookingQuery {
    let procedure: Procedure?
    let field: Catalogue.Field?
    let office: AgencyProfile?
    let day: LocalDate?
    let minute: Int?
    /// They want to wait for a place.
    let waits: Bool

    init(_ form: FormData, _ catalogue: Catalogue, _ tree: AgencyTree) {
        procedure = form.filled("thu-tuc").flatMap(ProcedureCode.init(rawValue:)).flatMap { catalogue[$0] }
        field = (procedure?.field ?? form.filled("linh-vuc")).flatMap { catalogue.fields[$0] }
        office = form.filled("co-quan").flatMap { tree[ID(rawValue: $0)] }
        day = form.filled("ngay").flatMap(LocalDate.init(rawValue:))
        minute = form.filled("gio").flatMap(LocalMinute.minutes)
        waits = form.filled("cho") != nil
    }

    /// The address that says the same and something more; what is known of it is of letters that need no escaping.
    func path(
        _ page: String = "/dat-lich",
        office: ID<Agency>? = nil,
        day: LocalDate? = nil,
        minute: Int? = nil,
        waits: Bool = false
    ) -> String {
        let parts = [
            procedure.map { "thu-tuc=\($0.code.rawValue)" } ?? field.map { "linh-vuc=\($0.key)" },
            (office ?? self.office?.id).map { "co-quan=\($0.rawValue)" },
            day.map { "ngay=\($0.rawValue)" },
            minute.map { "gio=\(LocalMinute.timeOfDay($0))" },
            waits ? "cho=1" : nil,
        ]
        return "\(page)?\(parts.compactMap(\.self).joined(separator: "&"))"
    }

    /// The same as fields of a form that people do not see.
    func hidden(_ form: Form) -> [(name: String, value: String)] {
        let fields: [(String, String?)] = [
            ("thu-tuc", procedure?.code.rawValue), ("linh-vuc", procedure == nil ? field?.key : nil),
            ("co-quan", office?.id.rawValue), ("ngay", day?.rawValue), ("gio", minute.map(LocalMinute.timeOfDay)),
            ("cho", waits ? "1" : nil),
        ]
        return fields.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension Request {
    /// The query as fields, of which a page may have several.
    func queryFields() -> FormData {
        var form = FormData()
        for (name, value) in uri.queryParameters { form.append(String(name), String(value)) }
        return form
    }
}
