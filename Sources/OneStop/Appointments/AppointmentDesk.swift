import Agencies
import Catalogue
import Kernel
import Markup
import Web

/// Who is signed in, as far as an appointment needs it.
struct KnownVisitor: Sendable {
    let name: PersonName
    let phone: PhoneNumber

    /// Nil for those who have given no telephone.
    init?(_ citizen: KnownCitizen?) {
        guard let citizen, let phone = citizen.phone else { return nil }
        (name, self.phone) = (citizen.name, phone)
    }
}

/// How a booking becomes sure.
enum BookingWay {
    /// By who is signed in.
    case account
    /// By a code that proves the telephone.
    case code(NoticeReach)
    /// Not yet: no code can be sent here, so whoever books signs in first.
    case signIn
}

/// What the pages of appointments need, and what they may ask.
struct AppointmentDesk: Sendable {
    let book: AppointmentBook
    let offices: OfficeBook
    let tickets: TicketBook
    let forecasts: OfficeForecasts
    let agencies: AgencyBook
    let catalogue: CatalogueBook
    /// What fields and procedures are called that orders name.
    let matters: MatterNames
    let office: Office
    private let addresses: RateLimiter
    private let pairs: RateLimiter
    private let phones: RateLimiter

    init(
        book: AppointmentBook,
        offices: OfficeBook,
        tickets: TicketBook,
        forecasts: OfficeForecasts,
        agencies: AgencyBook,
        catalogue: CatalogueBook,
        matters: MatterNames,
        office: Office
    ) {
        self.book = book
        self.offices = offices
        self.tickets = tickets
        self.forecasts = forecasts
        self.agencies = agencies
        self.catalogue = catalogue
        self.matters = matters
        self.office = office
        // A family behind one address books several; a program that books for sale is stopped.
        addresses = RateLimiter(burst: 20, oneMoreEvery: .minutes(2), office: office)
        // Nobody's telephone is made to ring all day.
        pairs = RateLimiter(burst: 4, oneMoreEvery: .minutes(15), office: office)
        // Wider than what one address can fill: nobody keeps another's telephone shut.
        phones = RateLimiter(burst: 12, oneMoreEvery: .minutes(15), office: office)
    }

    var now: Instant { office.now }

    /// How whoever asks would make a booking sure.
    func way(_ known: KnownVisitor?, _ identity: Identity?) -> BookingWay {
        guard case .citizen = identity else { return book.reach.canProve ? .code(book.reach) : .signIn }
        // An account stands for one person, also where it has no telephone.
        return known != nil || !book.reach.canProve ? .account : .code(book.reach)
    }

    func admit(_ address: String, phone: PhoneNumber) throws {
        try addresses.admit(address)
        try pairs.admit("\(address) \(phone.rawValue)")
        try phones.admit(phone.rawValue)
    }

    /// The panel about quiet and busy hours; nil before there is enough to go by.
    func whenToCome(_ field: String, at agency: ID<Agency>, _ say: Language) async throws -> HTML? {
        try await forecasts.forecast(of: agency, on: now.localDate).flatMap { forecast in
            let name = catalogue.current.fields[field]?.name ?? Words(field, field)
            return WhenToCome(
                forecast,
                queue: (field, name),
                at: now,
                path: ForecastRoutes.address(of: agency),
                say
            )?.show()
        }
    }

    /// The times at which an office can be booked for what somebody comes for, and what is ordered of it.
    func times(_ field: String, _ procedure: String?, at office: ID<Agency>) async throws
        -> (days: [FreeDay], orders: BindingOrders)
    {
        let ordered = try await book.openings.days(of: office).ordered
        let days = try await book.freeDays(field, at: office, now: now)
        return (Self.open(days, ordered, field, procedure), ordered.orders)
    }

    /// The same for several offices at once, without what is ordered of them.
    func times(_ field: String, _ procedure: String?, at offices: [ID<Agency>: OfficeModel]) async throws
        -> [ID<Agency>: [FreeDay]]
    {
        let days = try await book.openings.days(of: offices)
        return try await book.freeDays(field, at: offices, now: now).reduce(into: [:]) { open, office in
            guard let ordered = days[office.key]?.ordered else { return }
            open[office.key] = Self.open(office.value, ordered, field, procedure)
        }
    }

    /// What no order closes.
    private static func open(_ days: [FreeDay], _ ordered: OrderedOffice, _ field: String, _ procedure: String?)
        -> [FreeDay]
    {
        days.compactMap { day in
            let slots = day.slots.filter { slot in
                !ordered.isClosed(at: Instant(slot.slot.start), for: field, procedure)
            }
            return slots.isEmpty ? nil : FreeDay(date: day.date, slots: slots)
        }
    }

    /// The order that closes the counter to an appointment at its time; `days` are those of its office.
    func closure(for appointment: Appointment, in days: ReceptionDays) async throws -> ChannelClosed? {
        let start = appointment.start ?? days.slots(on: appointment.day).first?.start
        return try await closure(of: .counter, for: appointment, on: start.map(Instant.init) ?? now)
    }

    /// The same for a time that somebody has chosen and not booked; on the waiting list, for the day's first.
    func closure(for query: BookingQuery, of field: String, at office: ID<Agency>, on day: LocalDate) async throws
        -> ChannelClosed?
    {
        let days = try await book.openings.days(of: office)
        let start = query.waits ? nil : query.minute.map { LocalMinute(date: day, minuteOfDay: $0) }
        return try await book.openings.orders.closure(
            of: .counter,
            at: office,
            field: field,
            procedure: query.procedure?.code.rawValue,
            open: nil,
            on: (start ?? days.slots(on: day).first?.start).map(Instant.init) ?? now
        )?.leading
    }

    /// The order that closes a way to what an appointment is for.
    func closure(of channel: Channel, for appointment: Appointment, on instant: Instant) async throws -> ChannelClosed?
    {
        try await book.openings.orders.closure(
            of: channel,
            at: appointment.office,
            field: appointment.field,
            procedure: appointment.procedure,
            open: nil,
            on: instant
        )?.leading
    }

    /// The offices that receive for a field and take bookings.
    func offices(for field: String, _ procedure: Procedure?) async throws -> [ID<Agency>: OfficeModel] {
        let tree = try await agencies.tree()
        let today = now.localDate
        let catalogue = catalogue.current
        return try await offices.all().filter { id, model in
            guard model.isReady, model.serves(field), let agency = tree[id], agency.exists(on: today) else {
                return false
            }
            let level = tree.decider(for: agency).level.rawValue
            return catalogue.fieldsReceived(at: agency, in: tree).contains { $0.key == field }
                && procedure.map { $0.levels.contains { $0.rawValue == level } } ?? true
        }
    }

    /// Fields for which an office, or any office, takes bookings, by name.
    func bookableFields(at chosen: ID<Agency>?) async throws -> [Catalogue.Field] {
        let tree = try await agencies.tree()
        let catalogue = catalogue.current
        var keys: Set<String> = []
        for (id, model) in try await offices.all() where model.isReady {
            guard let agency = tree[id], chosen == nil || chosen == id else { continue }
            keys.formUnion(catalogue.fieldsReceived(at: agency, in: tree).map(\.key).filter(model.serves))
        }
        return keys.compactMap { catalogue.fields[$0] }.sorted { $0.name.vi.folded < $1.name.vi.folded }
    }
}
