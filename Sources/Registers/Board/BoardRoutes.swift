import Agencies
import Catalogue
import DossierCore
import Hummingbird
import Kernel
import Persistence
import Web

/// The board of late and nearly due dossiers, for those who lead and those who supervise.
struct BoardRoutes: Sendable {
    let desk: FilingDesk
    let directory: any Directory

    func add(to router: some RouterMethods<OfficerContext>) { router.get("work/board", use: show) }

    func show(_ request: Request, _ context: OfficerContext) async throws -> Response {
        try context.require(.leader, .auditor)
        let form = try request.query
        let readable = RegisterQuery.readable(by: context.officer, in: try await desk.agencies.tree())
        var errors: [FieldError] = []
        let question = form.filled("show").flatMap(BoardQuestion.init(rawValue:)) ?? .late
        if let asked = form.filled("show"), asked != question.rawValue {
            let known = BoardQuestion.allCases.map(\.rawValue).joined(separator: ", ")
            errors.append(FieldError("show", "Hãy chọn một trong: \(known).", "Choose one of \(known)."))
        }
        let chosen = form.filled("agency").map { id in readable.filter { $0.id.rawValue == id } }
        if chosen?.isEmpty == true {
            errors.append(
                FieldError(
                    "agency",
                    "Không có cơ quan này, hoặc bạn không được xem. Hãy chọn trong bảng.",
                    "There is no such agency, or it is not yours to see. Please choose from the board."
                )
            )
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
        return try await board(question, of: chosen ?? readable, readable, after: try cursor(request), context)
    }

    private func board(
        _ question: BoardQuestion,
        of chosen: [AgencyProfile],
        _ readable: [AgencyProfile],
        after cursor: Cursor?,
        _ context: OfficerContext
    ) async throws -> Response {
        // One calendar for the whole board: that of the reader, who asks for “in two days” as they count.
        let calendar = try await desk.calendars.calendar(of: context.officer.agency)
        let moments = BoardMoments(now: desk.office.now, calendar: calendar)
        let counts = try await desk.book.boardCounts(of: readable.map(\.id), at: moments)
        // Agencies without any are not asked again.
        let asked = chosen.map(\.id).filter { (counts[$0]?[question] ?? 0) > 0 }
        let listing = try await desk.book.board(question, of: asked, at: moments, after: cursor)
        return BoardPage(
            question: question,
            readable: readable,
            chosen: chosen.count == 1 && readable.count > 1 ? chosen[0] : nil,
            counts: counts,
            listing: listing,
            names: try await directory.names(of: Set(listing.items.compactMap(\.holder))),
            partners: try await desk.names(of: Set(listing.items.compactMap(\.standing.partner))),
            catalogue: desk.catalogue.current,
            calendar: calendar,
            now: moments.now,
            own: context.officer.agency
        ).show(context)
    }
}
