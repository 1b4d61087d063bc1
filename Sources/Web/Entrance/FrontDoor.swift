package import Hummingbird

/// Everything a request passes before it reaches a slice, in the only right order.
///
///     FrontDoor(site: site, assets: assets, key: key, directory: accounts, rescue: drafts).open(router)
///     slice.addPublic(to: router)            // middlewares reach only what is added after them
package struct FrontDoor: Sendable {
    private let site: Site
    private let assets: Assets
    private let key: ServerKey
    private let directory: any IdentityDirectory
    private let rescue: (any FormRescue)?
    private let metrics: Metrics
    private let isFull: @Sendable () -> Bool
    private let metricsToken: String?
    private let deeds: [Deed]
    private let requests: Places
    private let isHealthy: @Sendable () async throws -> Void
    private let isReady: @Sendable () async throws -> Void

    /// `isHealthy` throws when this process cannot do its work, for example because its database is gone; `isReady`
    /// when it should be given no new work, and asks the same unless it is told otherwise. While `isFull` says so
    /// nothing is changed. Whoever brings `metricsToken` is told the numbers, and without one nobody is.
    package init(
        site: Site,
        assets: Assets,
        key: ServerKey,
        directory: any IdentityDirectory,
        rescue: (any FormRescue)? = nil,
        metrics: Metrics = Metrics(),
        isFull: @escaping @Sendable () -> Bool = { false },
        metricsToken: String? = nil,
        deeds: [Deed] = [],
        requests: Places = Places(.init(total: 400, each: 100)),
        isHealthy: @escaping @Sendable () async throws -> Void = {},
        isReady: (@Sendable () async throws -> Void)? = nil
    ) {
        self.site = site
        self.assets = assets
        self.key = key
        self.directory = directory
        self.rescue = rescue
        self.metrics = metrics
        self.isFull = isFull
        self.metricsToken = metricsToken
        self.deeds = deeds
        self.requests = requests
        self.isHealthy = isHealthy
        self.isReady = isReady ?? isHealthy
    }

    package func open(_ router: Router<AppContext>) {
        router.add(middleware: ArrivalMiddleware(site: site, assets: assets))
        router.add(middleware: RequestLogMiddleware())
        router.add(middleware: MetricsMiddleware(metrics: metrics))
        router.add(middleware: SecurityHeadersMiddleware(secure: site.secureCookies))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: TargetMiddleware())
        // These answer without asking who is there, even when nobody can be looked up.
        AssetRoutes(assets: assets).add(to: router)
        WatchRoutes(metrics: metrics, metricsToken: metricsToken, isHealthy: isHealthy, isReady: isReady).add(
            to: router
        )
        router.add(middleware: InHandMiddleware(places: requests))
        router.add(middleware: BrowserMiddleware(key: key))
        router.add(middleware: IdentityMiddleware(directory: directory))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: DeedMiddleware(deeds: deeds, key: key, metrics: metrics))
        router.add(middleware: CSRFMiddleware())
        router.add(middleware: OutageMiddleware(isFull: isFull))
        router.add(middleware: SignInMiddleware(rescue: rescue))
        if let rescue { KeptFormRoutes(rescue: rescue).add(to: router) }
        if site.isDemonstration { DesignRoutes().add(to: router) }
    }
}
