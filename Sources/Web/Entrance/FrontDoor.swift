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
    private let isHealthy: @Sendable () async throws -> Void

    /// While `isFull` says so nothing is changed; `isHealthy` throws when this process cannot do its work, for example because its database is gone.
    package init(
        site: Site,
        assets: Assets,
        key: ServerKey,
        directory: any IdentityDirectory,
        rescue: (any FormRescue)? = nil,
        metrics: Metrics = Metrics(),
        isFull: @escaping @Sendable () -> Bool = { false },
        isHealthy: @escaping @Sendable () async throws -> Void = {}
    ) {
        self.site = site
        self.assets = assets
        self.key = key
        self.directory = directory
        self.rescue = rescue
        self.metrics = metrics
        self.isFull = isFull
        self.isHealthy = isHealthy
    }

    package func open(_ router: Router<AppContext>) {
        router.add(middleware: ArrivalMiddleware(site: site, assets: assets))
        router.add(middleware: RequestLogMiddleware())
        router.add(middleware: MetricsMiddleware(metrics: metrics))
        router.add(middleware: SecurityHeadersMiddleware(secure: site.secureCookies))
        router.add(middleware: ProblemMiddleware())
        // These answer without asking who is there, even when nobody can be looked up.
        AssetRoutes(assets: assets).add(to: router)
        WatchRoutes(metrics: metrics, isHealthy: isHealthy).add(to: router)
        router.add(middleware: BrowserMiddleware(key: key))
        router.add(middleware: IdentityMiddleware(directory: directory))
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: CSRFMiddleware())
        router.add(middleware: OutageMiddleware(isFull: isFull))
        router.add(middleware: SignInMiddleware(rescue: rescue))
        if let rescue { KeptFormRoutes(rescue: rescue).add(to: router) }
        DesignRoutes().add(to: router)
    }
}
