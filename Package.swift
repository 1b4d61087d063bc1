// swift-tools-version:6.2
import PackageDescription

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let threads = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let paths = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let testing = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let yaml = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "motcua",
    products: [.executable(name: "motcua", targets: ["Server"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams.git", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration.git", exact: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", exact: "1.0.2"),
    ],
    targets: [
        .target(name: "Kernel"),
        .target(name: "Markup"),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CPoppler", pkgConfig: "poppler-glib", providers: [.apt(["libpoppler-glib-dev"])]),
        .systemLibrary(name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
        .systemLibrary(name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
        .systemLibrary(name: "CHeif", pkgConfig: "libheif", providers: [.apt(["libheif-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQPDF", pkgConfig: "libqpdf", providers: [.apt(["libqpdf-dev"])]),
        .target(
            name: "Persistence",
            dependencies: [
                "CPostgres", "Kernel", crypto, logging, nio, threads, lifecycle, paths, subprocess,
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .target(name: "Documents", dependencies: ["CPango", "CQRencode", "Kernel"]),
        .systemLibrary(name: "CConfinement"),
        .target(name: "Scans", dependencies: ["CConfinement", "Kernel", "Persistence", lifecycle, logging]),
        // Only the child process that reads strangers' files uses what is in here.
        .target(
            name: "Quarantine",
            dependencies: ["CConfinement", "CHeif", "CPoppler", "CQPDF", "CTurboJPEG", "CZBar", "Kernel", "Scans"]
        ),
        .target(name: "Spreadsheets", dependencies: ["CZlib", "Kernel"]),
        .target(
            name: "Web",
            dependencies: ["Kernel", "Markup", "Persistence", hummingbird, crypto, lifecycle, logging, nio, threads]
        ),
        .target(name: "Forecasting", dependencies: ["Kernel", "Web"]),
        .target(name: "HallPlan", dependencies: ["Markup", "Web"]),
        .target(name: "Agencies", dependencies: ["Kernel", "Markup", "Persistence", "Web", hummingbird, yaml]),
        .target(
            name: "Catalogue",
            dependencies: ["Kernel", "Markup", "Persistence", "Web", hummingbird, subprocess, yaml]
        ),
        .target(
            name: "Accounts",
            dependencies: [
                "Agencies", "Kernel", "Markup", "Persistence", "Web", hummingbird, crypto, threads,
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ]
        ),
        // What the slices about dossiers stand on: no routes, no pages.
        .target(
            name: "DossierCore",
            dependencies: [
                "Agencies", "Catalogue", "Kernel", "Markup", "Persistence", "Scans", "Web", hummingbird, crypto, nio,
            ]
        ),
        .target(
            name: "PrintedPapers",
            dependencies: [
                "Agencies", "Catalogue", "Documents", "DossierCore", "Kernel", "Persistence", "Web", hummingbird,
            ]
        ),
        .target(
            name: "Dossiers",
            dependencies: [
                "Agencies", "Catalogue", "Documents", "DossierCore", "Kernel", "Markup", "Persistence",
                "PrintedPapers", "Scans", "Web", hummingbird, nio,
            ]
        ),
        .target(
            name: "Staffing",
            dependencies: [
                "Catalogue", "DossierCore", "Kernel", "Markup", "Persistence", "Web", hummingbird,
            ]
        ),
        .target(
            name: "Scanning",
            dependencies: [
                "Catalogue", "Documents", "DossierCore", "Kernel", "Markup", "Persistence", "PrintedPapers", "Scans",
                "Web", hummingbird, logging, nio,
            ]
        ),
        .target(
            name: "Registers",
            dependencies: [
                "Agencies", "Catalogue", "Documents", "DossierCore", "Kernel", "Markup", "Persistence",
                "PrintedPapers", "Spreadsheets", "Web", hummingbird, nio,
            ]
        ),
        .target(
            name: "DueDates",
            dependencies: [
                "Agencies", "DossierCore", "Kernel", "Markup", "Persistence", "Web", lifecycle, logging,
            ]
        ),
        .target(
            name: "DossierNews",
            dependencies: ["Catalogue", "DossierCore", "Kernel", "Markup", "Persistence", "Web", hummingbird]
        ),
        .target(
            name: "OneStop",
            dependencies: [
                "Agencies", "Catalogue", "Documents", "Forecasting", "HallPlan", "Kernel", "Markup", "Persistence",
                "Web", hummingbird, crypto, logging, nio, lifecycle,
            ]
        ),
        .target(name: "Outgoing", dependencies: ["CCurl", "Persistence"]),
        .target(name: "Notifications", dependencies: ["Kernel", "Outgoing", "Persistence", "Web", logging]),
        .executableTarget(
            name: "Server",
            dependencies: [
                "Accounts", "Agencies", "Catalogue", "Documents", "DossierCore", "DossierNews", "Dossiers", "DueDates",
                "Forecasting", "HallPlan", "Kernel", "Markup", "Notifications", "OneStop", "Outgoing", "Persistence",
                "Quarantine",
                "Registers", "Scanning", "Scans", "Staffing", "Web", hummingbird, lifecycle, logging, nio, yaml,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ]
        ),
        .target(
            name: "TestSupport",
            dependencies: ["Kernel", "Persistence", "Web", hummingbird, paths, subprocess],
            path: "Sources/Testing"
        ),
        .testTarget(name: "KernelTests", dependencies: ["Kernel"]),
        .testTarget(name: "MarkupTests", dependencies: ["Markup"]),
        .testTarget(name: "PersistenceTests", dependencies: ["Kernel", "Persistence", "TestSupport"]),
        .testTarget(name: "DocumentsTests", dependencies: ["Documents", "Kernel", "TestSupport"]),
        .testTarget(
            name: "ScansTests",
            dependencies: ["CPoppler", "CTurboJPEG", "Documents", "Kernel", "Quarantine", "Scans"]
        ),
        .testTarget(name: "SpreadsheetsTests", dependencies: ["Kernel", "Spreadsheets", "TestSupport"]),
        .testTarget(name: "WebTests", dependencies: ["Kernel", "Markup", "Web", hummingbird, testing, "TestSupport"]),
        .testTarget(name: "ForecastingTests", dependencies: ["Forecasting", "Kernel", "Web", "TestSupport"]),
        .testTarget(name: "HallPlanTests", dependencies: ["HallPlan", "Markup", "Web"]),
        .testTarget(
            name: "AgenciesTests",
            dependencies: ["Agencies", "Kernel", "Persistence", "Web", hummingbird, testing, "TestSupport"]
        ),
        .testTarget(
            name: "CatalogueTests",
            dependencies: ["Catalogue", "Kernel", "Persistence", "Web", hummingbird, testing, "TestSupport"]
        ),
        .testTarget(
            name: "AccountsTests",
            dependencies: ["Accounts", "Agencies", "Kernel", "Persistence", "Web", hummingbird, testing, "TestSupport"]
        ),
        .testTarget(
            name: "DossiersTests",
            dependencies: [
                "Accounts", "Agencies", "Catalogue", "Documents", "DossierCore", "DossierNews", "Dossiers", "DueDates",
                "Kernel", "Notifications", "Persistence", "PrintedPapers", "Quarantine", "Registers", "Scanning",
                "Scans", "Spreadsheets",
                "Staffing", "Web", hummingbird, testing, "TestSupport",
            ]
        ),
        .testTarget(
            name: "OneStopTests",
            dependencies: [
                "Agencies", "Catalogue", "Forecasting", "Kernel", "Markup", "OneStop", "Persistence", "Web",
                hummingbird,
                testing, "TestSupport",
            ]
        ),
        .testTarget(
            name: "NotificationsTests",
            dependencies: ["Kernel", "Notifications", "Outgoing", "Persistence", "Web", logging, "TestSupport"]
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "DossierCore", "DossierNews", "DueDates", "Kernel", "Quarantine", "Registers", "Scanning", "Scans",
                "Server",
                "Staffing",
                "TestSupport", hummingbird, logging, testing, yaml,
            ]
        ),
        .testTarget(name: "ArchitectureTests"),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
    ]
}
