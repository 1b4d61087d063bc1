import Agencies
package import Kernel
package import Web

extension FilingDesk {
    /// Said wherever the due date of a dossier stands, when it was counted over days of which no holidays are listed.
    package func unlistedDays(_ details: DossierBook.Details) async throws -> Words? {
        let calendar = try await calendars.calendar(of: details.filing.agency)
        return try unlistedDays(details, in: calendar)
    }

    package func unlistedDays(_ details: DossierBook.Details, in calendar: WorkingCalendar) throws -> Words? {
        let rules = try rules(of: details.filing)
        return DossierClock(rules, channel: details.dossier.channel, history: details.history)?
            .due(in: calendar).unlistedDays.map { Words($0.vi, $0.en) }
    }
}
