package import Kernel
import Persistence

/// The service times of days that are over, one row per office, day and field.
enum ServiceRecord {
    static func keep(_ visits: ServedVisits, of office: ID<Agency>, on day: LocalDate, in tx: borrowing Transaction)
        throws
    {
        for (field, seconds) in visits.ofFields {
            let times = try StoredForm.text(seconds)
            try tx.execute(
                """
                INSERT INTO office_service (office, day, field, seconds) VALUES (\(office), \(day), \(field), \(times))
                """
            )
        }
    }

    /// What the days up to and including `day` say of each field.
    static func measurements(of office: ID<Agency>, until day: LocalDate, in tx: borrowing Transaction) throws
        -> [ServiceMeasurement]
    {
        let first = day.adding(days: 1 - ServiceMeasurement.window)
        var fields: [String: [LocalDate: [Int]]] = [:]
        let rows = try tx.fetch(
            """
            SELECT day, field, seconds FROM office_service
            WHERE office = \(office) AND day >= \(first) AND day <= \(day)
            """
        )
        for row in rows {
            guard let day = LocalDate(rawValue: try row.text(0)) else { continue }
            fields[try row.text(1), default: [:]][day] = try StoredForm.value(from: try row.text(2))
        }
        return fields.compactMap { ServiceMeasurement(field: $0.key, days: $0.value) }.sorted { $0.field < $1.field }
    }
}

extension TicketBook {
    package func measurements(of office: ID<Agency>, until day: LocalDate) async throws -> [ServiceMeasurement] {
        try await database.read { tx in try ServiceRecord.measurements(of: office, until: day, in: tx) }
    }
}
