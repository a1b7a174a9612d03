// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "sweep",
  products: [
    .executable(name: "sweep", targets: ["sweep"])
  ],
  targets: [
    // Leaves first: a target knows only those above it.
    .target(name: "Tables"),
    .target(name: "Numerics"),
    .target(name: "Datasets", dependencies: ["Numerics", "Tables"]),
    .target(name: "LinearModels", dependencies: ["Numerics"]),
    .target(name: "ModelSelection", dependencies: ["Datasets", "LinearModels", "Numerics"]),
    .target(name: "Charts", dependencies: ["Tables"]),
    .target(
      name: "Sweeping",
      dependencies: [
        "Charts", "Datasets", "LinearModels", "ModelSelection", "Numerics", "Tables",
      ]),
    .executableTarget(
      name: "sweep", dependencies: ["Charts", "Datasets", "ModelSelection", "Sweeping", "Tables"]),
    .executableTarget(
      name: "sweep-benchmark", dependencies: ["LinearModels", "Numerics", "Sweeping", "Tables"]),

    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .executableTarget(
      name: "sweep-fuzz",
      dependencies: ["Charts", "Datasets", "ModelSelection", "Sweeping", "Tables", "TestSupport"],
      path: "Tests/Fuzz", exclude: ["Corpus"]),
    .testTarget(name: "TablesTests", dependencies: ["Tables", "TestSupport"]),
    .testTarget(name: "NumericsTests", dependencies: ["Numerics", "TestSupport"]),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "TestSupport"]),
    .testTarget(
      name: "LinearModelsTests", dependencies: ["LinearModels", "Numerics", "TestSupport"]),
    .testTarget(
      name: "ModelSelectionTests",
      dependencies: ["LinearModels", "ModelSelection", "Numerics", "TestSupport"]),
    .testTarget(name: "ChartsTests", dependencies: ["Charts", "TestSupport"]),
    .testTarget(
      name: "SweepingTests",
      dependencies: [
        "Datasets", "LinearModels", "ModelSelection", "Sweeping", "Tables", "TestSupport",
      ]),
    .testTarget(name: "EndToEndTests", dependencies: ["TestSupport", "sweep"]),
  ]
)

for target in package.targets {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}
