package import Hummingbird
package import Kernel
package import Persistence
package import Web

/// Citizens and officers: who they are, how they sign in, what they may do.
package struct Accounts: Slice {
    package static let migrations = AccountTables.migrations

    package let citizens: CitizenBook
    package let staff: StaffBook
    /// Whose session a token opens; `IdentityMiddleware` asks it.
    package let sessions: Sessions
    /// What was typed when a session ended; `SignInMiddleware` and `KeptFormRoutes` ask it.
    package let keptForms: KeptForms
    let signIn: SignIn
    let office: Office
    private let database: any Database

    /// `agencyName` says how an agency is called, for the heading of its officers' pages; `ladder` how agencies stand above
    /// each other; `pause` waits while an account is tried too often.
    package init(
        database: any Database,
        office: Office,
        scrypt cost: ScryptCost = .standard,
        leaked: LeakedPasswords? = nil,
        ladder: AgencyLadder = AgencyLadder(),
        pause: @escaping @Sendable (Span) async throws -> Void = {
            try await Task.sleep(for: .milliseconds($0.milliseconds))
        },
        agencyName: @escaping @Sendable (ID<Agency>) async throws -> String
    ) {
        let hasher = PasswordHasher(cost: cost)
        self.database = database
        self.office = office
        sessions = Sessions(database: database, office: office, agencyName: agencyName)
        citizens = CitizenBook(database: database, office: office, hasher: hasher, sessions: sessions)
        staff = StaffBook(
            database: database,
            events: EventStore(database: database),
            office: office,
            hasher: hasher,
            sessions: sessions,
            ladder: ladder
        )
        keptForms = KeptForms(database: database, office: office)
        signIn = SignIn(
            database: database,
            citizens: citizens,
            office: office,
            sessions: sessions,
            check: PasswordCheck(
                office: office,
                hasher: hasher,
                attempts: Attempts(database: database),
                leaked: leaked,
                pause: pause
            )
        )
    }

    /// Who the people are, for all other slices.
    package var directory: any Directory { AccountDirectory(citizens: citizens, staff: staff) }

    package var menu: Menu {
        Menu(officeLinks: [(140, Site.Link(Words("Cán bộ", "Staff"), StaffRoutes.path, roles: [.admin]))])
    }

    package func export(to links: inout Links) { links.staff = StaffLinks(list: StaffRoutes.path) }

    package func noteAtStart() async throws -> String? {
        try await staff.isEmpty()
            ? "No officer can sign in yet: motcua staff add --help" : "Officers: motcua staff list"
    }

    package var chores: [Chore] { [Chore("accounts", every: .minutes(10)) { try await sweep() }] }

    package func addPublic(to router: some RouterMethods<AppContext>, among neighbours: Neighbours) {
        CitizenDoor(signIn: signIn, sessions: sessions).add(to: router)
        StaffDoor(signIn: signIn, staff: staff, sessions: sessions, office: office).add(to: router)
        AccountAPI(signIn: signIn, sessions: sessions).add(to: router)
    }

    package func addCitizens(to router: some RouterMethods<CitizenContext>, among neighbours: Neighbours) {
        CitizenAccountRoutes(citizens: citizens, sessions: sessions, check: signIn.check).add(to: router)
    }

    package func addOfficers(to router: some RouterMethods<OfficerContext>, among neighbours: Neighbours) {
        let work = router.group("work")
        StaffAccountRoutes(staff: staff, sessions: sessions, check: signIn.check, office: office).add(to: work)
        StaffRoutes(staff: staff, office: office, neighbours: neighbours).add(to: work)
    }

    package func verify(_ progress: @Sendable (String) -> Void) async throws -> Verified {
        Verified(differences: try await differences())
    }

    /// Takes away what has expired: sessions, counters, forms nobody came back for.
    func sweep() async throws {
        let now = office.now
        try await database.transaction { tx in
            try Sessions.sweep(at: now, in: tx)
            try Attempts.sweep(at: now, in: tx)
            try KnownDevices.sweep(at: now, in: tx)
            try KeptForms.sweep(at: now, in: tx)
        }
    }
}
