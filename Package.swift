// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "sweep",
  // Of `Mutex` and `Atomic`; built and tested on Linux only.
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "sweep", targets: ["sweep"])
  ],
  targets: [
    // Leaves first: a target knows only those above it.
    .target(name: "Platform"),
    .target(name: "Tables", dependencies: ["Platform"]),
    .target(name: "Numerics", dependencies: ["Platform"]),
    .target(name: "Datasets", dependencies: ["Numerics", "Platform", "Tables"]),
    .target(name: "LinearModels", dependencies: ["Numerics"]),
    .target(name: "Results", dependencies: ["Platform", "Tables"]),
    .target(
      name: "ModelSelection", dependencies: ["Datasets", "LinearModels", "Numerics", "Results"]),
    .target(name: "Charts", dependencies: ["Platform", "Results", "Tables"]),
    .target(name: "Journal", dependencies: ["Platform", "Tables"]),
    .target(
      name: "Sweeping",
      dependencies: [
        "Charts", "Datasets", "Journal", "LinearModels", "ModelSelection", "Numerics", "Platform",
        "Results", "Tables",
      ]),
    .executableTarget(
      name: "sweep",
      dependencies: [
        "Charts", "Datasets", "Journal", "ModelSelection", "Platform", "Results", "Sweeping",
        "Tables",
      ]),
    .executableTarget(
      name: "sweep-benchmark",
      dependencies: ["LinearModels", "Numerics", "Platform", "Sweeping", "Tables"]),

    .target(name: "TestSupport", dependencies: ["Results"], path: "Tests/TestSupport"),
    .executableTarget(
      name: "sweep-fuzz",
      dependencies: [
        "Charts", "Datasets", "Journal", "ModelSelection", "Platform", "Results", "Sweeping",
        "Tables",
        "TestSupport",
      ],
      path: "Tests/Fuzz", exclude: ["Corpus"]),
    .testTarget(name: "PlatformTests", dependencies: ["Platform", "TestSupport"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "TestSupport"]),
    .testTarget(name: "NumericsTests", dependencies: ["Numerics", "TestSupport"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"]),
    .testTarget(
      name: "LinearModelsTests", dependencies: ["LinearModels", "Numerics", "TestSupport"]),
    .testTarget(
      name: "ModelSelectionTests",
      dependencies: ["LinearModels", "ModelSelection", "Numerics", "Results", "TestSupport"]),
    .testTarget(name: "ResultsTests", dependencies: ["Results", "TestSupport"]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "TestSupport"]),
    .testTarget(name: "JournalTests", dependencies: ["Journal", "TestSupport"]),
    .testTarget(
      name: "SweepingTests",
      dependencies: [
        "Datasets", "LinearModels", "ModelSelection", "Numerics", "Platform", "Results", "Sweeping",
        "Tables", "TestSupport",
      ]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestSupport", "sweep"]),
  ]
)

for target in package.targets {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
