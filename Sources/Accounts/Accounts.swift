package import Hummingbird
package import Kernel
package import Markup
package import Persistence
package import Web

/// Citizens and officers: who they are, how they sign in, what they may do.
package struct Accounts: Sendable {
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

    /// `/sign-in`, `/sign-up`, `/sign-out`, `/work/sign-in`, `/work/new-password`, `/work/sign-out` and the API.
    package func addPublic(to router: some RouterMethods<AppContext>) {
        CitizenDoor(signIn: signIn, sessions: sessions).add(to: router)
        StaffDoor(signIn: signIn, staff: staff, sessions: sessions, office: office).add(to: router)
        AccountAPI(signIn: signIn, sessions: sessions).add(to: router)
    }

    /// `/tai-khoan`.
    package func addCitizens(to router: some RouterMethods<CitizenContext>) {
        CitizenAccountRoutes(citizens: citizens, sessions: sessions, check: signIn.check).add(to: router)
    }

    /// `account` and `staff` below the officers' part of the site.
    /// `panel` shows on an officer's page what another slice knows of them, such as the dossiers they hold.
    package func addOffice(
        to router: some RouterMethods<OfficerContext>,
        panel: @escaping ColleaguePanel = { _, _ in nil }
    ) {
        StaffAccountRoutes(staff: staff, sessions: sessions, check: signIn.check, office: office).add(to: router)
        StaffRoutes(staff: staff, office: office, panel: panel).add(to: router)
    }

    /// Takes away what has expired: sessions, counters, forms nobody came back for. To be called now and then.
    package func sweep() async throws {
        let now = office.now
        try await database.transaction { tx in
            try Sessions.sweep(at: now, in: tx)
            try Attempts.sweep(at: now, in: tx)
            try KnownDevices.sweep(at: now, in: tx)
            try KeptForms.sweep(at: now, in: tx)
        }
    }
}

/// A panel on an officer's page; nil where there is nothing to say.
package typealias ColleaguePanel = @Sendable (ID<Officer>, OfficerContext) async throws -> HTML?
